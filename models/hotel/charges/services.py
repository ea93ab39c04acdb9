"""Services (费用项目): what can be charged to a folio, by code; where its money goes."""

from __future__ import annotations

from functools import cached_property

from peewee import BooleanField, CharField, IntegerField

from models.base.database import Row
from models.base.fields import CodeField, KeyField, MoneyField, RateField
from models.base.keys import new_key
from models.base.money import Money
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import word
from models.goods.goods import TaxRate
from models.hotel.charges.charge_parts import ChargeRules
from models.ledger.accounts import ROOM_SALES, SALES, SERVICE_SALES, VISITORS_TAX, Account
from models.selling.tax_settings import prices_include_tax
from models.trust.founding import Founding
from models.trust.operation import Job, operation
from models.trust.records import RecordTaken, first_wrong, put, row_at
from models.trust.settings import setting
from models.trust.shipped_names import shipped

_SERVICES = word("Services charged")

ROOM, FOOD, PHONE, LAUNDRY, MINIBAR, OTHER, TAX, PAID_OUT = DEPARTMENTS = (
    "room", "food", "phone", "laundry", "minibar", "other", "tax", "paid out",
)  # fmt: skip
# Where the income of each department goes; a tax is owed on.
INCOME = {
    ROOM: ROOM_SALES, FOOD: SERVICE_SALES, PHONE: SERVICE_SALES, LAUNDRY: SERVICE_SALES,
    MINIBAR: SALES, OTHER: SERVICE_SALES, TAX: VISITORS_TAX,
}  # fmt: skip
# The codes that the house itself charges by.
ROOM_CODE, LATE_CODE, DAY_USE_CODE, NO_SHOW_CODE, CANCEL_CODE = (
    "1000", "1010", "1020", "1030", "1040",
)  # fmt: skip
EARLY_CODE, EARLY_LEAVE_CODE, VISITORS_TAX_CODE, PAID_OUT_CODE = "1050", "1060", "1090", "9000"

NONE = Rate(0)
taxes_service = setting("hotel.tax_on_service", True)


class ServiceUnknown(Refusal):
    """There is no such code, or it is switched off."""


class ServiceWrong(Refusal):
    """A service goes to an income account, its rates are between 0 and 100 per cent, and no sum
    is below zero; on a tax there is no tax and no service charge.
    """


class Service(Row):
    """One code of a charge. Its `price` is proposed where it has one; `account` is where the net
    goes. `service` and `service_sum` are its service charge: a part of the price, a sum each time.
    What is a tax itself (visitors_tax.py) has no tax and no service charge.
    """

    key = KeyField(primary_key=True)
    code = CodeField(max_length=10, unique=True)
    name = CharField(max_length=40)
    department = CharField(max_length=10)
    account = IntegerField()
    price = MoneyField(null=True)
    tax = RateField(default=NONE)
    service = RateField(default=NONE)
    service_sum = MoneyField(null=True)
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"

    @cached_property
    def rules(self) -> ChargeRules:
        """How a price of this service is taken apart; asked for once for each time it is read."""
        if self.department == TAX:
            return ChargeRules(is_tax=True)
        return ChargeRules(
            self.service, self.tax, prices_include_tax.value(), taxes_service.value(),
            self.service_sum,
        )  # fmt: skip


SHIPPED: tuple[tuple[str, str, str, int], ...] = (
    (ROOM_CODE, "房费 Room", ROOM, ROOM_SALES),
    (LATE_CODE, "延迟退房 Late departure", ROOM, ROOM_SALES),
    (DAY_USE_CODE, "日租钟点房 Day use", ROOM, ROOM_SALES),
    (NO_SHOW_CODE, "未到费 No-show", ROOM, ROOM_SALES),
    (CANCEL_CODE, "取消费 Cancellation", ROOM, ROOM_SALES),
    (EARLY_CODE, "凌晨房 Early arrival", ROOM, ROOM_SALES),
    (EARLY_LEAVE_CODE, "提前离店 Early departure", ROOM, ROOM_SALES),
    (VISITORS_TAX_CODE, "住宿税 Visitors' tax", TAX, VISITORS_TAX),
    ("2000", "餐饮 Food and beverage", FOOD, SERVICE_SALES),
    ("3000", "电话 Telephone", PHONE, SERVICE_SALES),
    ("4000", "洗衣 Laundry", LAUNDRY, SERVICE_SALES),
    ("5000", "小酒吧 Minibar", MINIBAR, SALES),
    ("6000", "其他 Other", OTHER, SERVICE_SALES),
)


def ship(answers: Founding | None) -> None:
    """The services that every house charges, taxed as the store's goods are, where there are none
    yet; inside the caller's transaction.
    """
    if Service.select().exists():
        return
    rate = TaxRate.select().where(TaxRate.is_active).order_by(TaxRate.key).first()
    tax = rate.rate if rate else NONE
    for code, name, department, account in SHIPPED:
        Service.create(
            key=new_key(), code=code, name=shipped(name), department=department, account=account,
            tax=NONE if department == TAX else tax,
        )  # fmt: skip


def service_of(code: str) -> Service:
    """The active service with this code. Refuses: ServiceUnknown."""
    found: Service | None = Service.get_or_none(Service.code == code, Service.is_active)
    if found is None:
        raise ServiceUnknown(code=code)
    return found


@operation(right="keep rates")
def save_service(
    job: Job,
    key: int | None,
    *,
    version: int,
    code: str,
    name: str,
    department: str,
    account: int,
    price: Money | None = None,
    tax: Rate = NONE,
    service: Rate = NONE,
    service_sum: Money | None = None,
    is_active: bool = True,
) -> Service:
    """Make a service (key None) or change one; what is posted keeps its rates.

    Refuses: RecordTaken, RecordChanged, ServiceWrong.
    """
    same = Service.get_or_none(Service.code == code)
    if same is not None and same.key != key:
        raise RecordTaken(listing=_SERVICES, name=code, field="code")
    goes_to = Account.get_or_none(Account.number == account)
    is_plain = not (tax or service or service_sum)
    wrong = first_wrong(
        department=department in DEPARTMENTS and (department != TAX or is_plain),
        tax=0 <= tax.millionths <= 1_000_000, service=0 <= service.millionths <= 1_000_000,
        service_sum=service_sum is None or service_sum.minor >= 0,
        account=goes_to is not None and not goes_to.is_control,
    )  # fmt: skip
    if wrong:
        raise ServiceWrong(code=code, field=wrong)
    values = {
        "code": code, "name": name, "department": department, "account": account, "price": price,
        "tax": tax, "service": service, "service_sum": service_sum, "is_active": is_active,
    }  # fmt: skip
    if key is None:
        made = Service.create(key=new_key(), **values)
        job.note(service=code, name=name)
        return made
    found = row_at(Service, key, version, _SERVICES, name=code)

    job.note(service=code, changes=put(found, **values))
    return found
