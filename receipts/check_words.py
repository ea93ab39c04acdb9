"""What `verify` found, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.words import Language, say, word

if TYPE_CHECKING:
    from models.base.findings import Finding

CHECKS = {
    "FileDamaged": word("The store's file is damaged"),
    "ReferenceBroken": word("A row names another one that is not there"),
    "TriggerMissing": word("A guard of the database is missing or was changed"),
    "SchemaAltered": word("A table, index, view or trigger is not as this program made it"),
    "ObjectAdded": word("The database holds something that this program did not make"),
    "ObjectMissing": word("A table or index of the database is missing"),
    "ObjectChanged": word("A table or index of the database was changed"),
    "MarkWrong": word("A row that decides something was changed beside the program"),
    "RowsTakenAway": word("Rows that decide something were deleted beside the program"),
    "RowsPutIn": word("Rows that decide something were put in beside the program"),
    "RowsPutBack": word("Rows that decide something are not those that the program left"),
    "TallyPutBack": word("Rows that decide something were put back to an older state"),
    "ToldWrong": word("What stands beside the documents is not what the audit log tells"),
    "ToldAltered": word("A row is not what the audit log tells of it"),
    "ToldMissing": word("A row of which the audit log tells is not there"),
    "ToldAdded": word("The audit log tells nothing of a row"),
    "ChainBroken": word("The audit log is not whole"),
    "RowAltered": word("A row of the audit log was altered"),
    "RowMissing": word("A row of the audit log is missing"),
    "RowMisplaced": word("A row of the audit log does not follow the one before it"),
    "RowUnreadable": word("A row cannot be read"),
    "RowUnkeyed": word("The audit log goes on without the key of this store"),
    "ChainCut": word("The end of the audit log was cut off"),
    "HeadLost": word("A backup knows a row of the audit log that the store does not hold"),
    "ManifestAltered": word("The manifest of a backup is not what this store wrote"),
    "ChainHeadMissing": word("The audit log of a register has no end mark"),
    "CurrencyWrong": word("An amount is in another currency than the store's"),
    "UidTwice": word("One piece of work was stored twice"),
    "DraftWrong": word("A finished draft still has lines"),
    "DocumentUnbalanced": word("The document does not balance"),
    "DocumentNotPosted": word("The document was left open"),
    "EntryFolioWrong": word("An entry names no account, or a wrong folio"),
    "DayTotalWrong": word("A kept total of a day is not the sum of its entries"),
    "LotRestWrong": word("What is left on a voucher is not the sum of its moves"),
    "CardBonusWrong": word("The bonus of cards that a document used is not what it posted"),
    "CommissionWrong": word("The commission of a channel is not the sum of its nights"),
    "LotMovesWrong": word("A document moved vouchers by another amount than it posted"),
    "LotAccountWrong": word("The account of vouchers does not owe what is left on them"),
    "PointsWrong": word("What the points of bills brought is not what came and went"),
    "TipsWrong": word("The tips of a document are not what it posted"),
    "LevelWrong": word("The level of a member does not follow the one before, or what was spent"),
    "FolioBalanceWrong": word("The balance of a folio is not the sum of its entries"),
    "ControlAccountWrong": word("An account is not the sum of its folios"),
    "NumbersWrong": word("Numbers are missing or come twice"),
    "OpenDaysWrong": word("There is not exactly one open business day, the last one"),
    "DocumentDayUnknown": word("The document is of a business day that does not exist"),
    "ShiftsOpenTwice": word("A register has two open shifts"),
    "FloatWrong": word("The float of a shift is not what was counted or booked"),
    "DrawerWrong": word("The cash expected or counted in a shift does not agree with the books"),
    "ShiftCloseWrong": word(
        "A closed shift left something in the drawer, or its difference is not booked"
    ),
    "DrawerAccountWrong": word("The cash in drawers is not what the open shifts hold"),
    "CashOutsideShift": word("Cash moved outside a shift"),
    "DocumentOutsideShift": word("A document is of a date that its shift does not have"),
    "CashPaymentsWrong": word("The cash paid is not the cash booked"),
    "PackageLeft": word("A guest has left and something is on his package account"),
    "ForeignCashWrong": word("Foreign cash is not worth what its document booked"),
    "ForeignCashLeft": word("A closed shift left foreign cash in the drawer"),
    "PaymentWrong": word("A payment is not what was given less the change"),
    "AuditDisagrees": word("The audit log says something else of this document"),
    "AuditTwice": word("The audit log names a document twice"),
    "DocumentMissing": word("The audit log names a document that is not there"),
    "AuditMissing": word("The audit log does not name this document"),
    "PartsAltered": word("Lines, payments or words of a document are not those that were posted"),
    "SealWrong": word("The signed head of a closed day is wrong"),
    "SealForged": word("The head of a closed day was not signed with this store's key"),
    "SealOfOtherDay": word("The signed head belongs to another day"),
    "SealOutOfOrder": word("The signed head does not follow the day before"),
    "SealTotalsWrong": word("The totals of a closed day are not those that were signed"),
    "SealHeadWrong": word("The audit log of a closed day is not the one that was signed"),
    "SlipUnknown": word("The books have no slip of this number"),
    "SlipSigns": word("The signs on the paper are not those of the books"),
    "SealMissing": word("A closed day has no signed head"),
    "GatewayNotBooked": word("A pay code was paid, and the books do not have it"),
    "GatewayBookedWrong": word(
        "The books have a pay code that was not paid, or another refund than was asked for"
    ),
    "AllocationTooMuch": word("More was allocated than the item amounts to"),
    "SealedLost": word("A phone or number of papers cannot be opened"),
    "PhonesUnfindable": word("A phone does not find its person"),
    "PaperUnfindable": word("A number of papers does not find its person"),
    "MergeBroken": word("A merged record does not agree with its merging"),
    "SaleMissing": word("The document has no sale, or the sale another total"),
    "SaleLinesWrong": word("The figures of a sale are not the sums of its lines"),
    "SaleTotalWrong": word("The total, tax or payments of a sale do not agree"),
    "SaleBooksWrong": word("The books say something else of a sale"),
    "SaleLineWrong": word("A line is not price by quantity less its discount"),
    "ChargesWrong": word("What was charged is not what the books earned"),
    "ChargeTaxWrong": word("The taxes of a document are not those of its lines"),
    "ChargePromotionWrong": word("Promotions took more off a line than was off it"),
    "CommissionEarnedWrong": word(
        "Commission is not of work that was charged, or not as its rule says"
    ),
    "TakenTwice": word("Somebody or something is booked twice for one time"),
    "HoldsWrong": word("An appointment is booked and holds nobody, or is called off and does"),
    "TurnsWrong": word("The turns of somebody are not those of the rotation's log"),
    "TicketMissing": word("An appointment names a ticket that is none of its own"),
    "ChargeStaffWrong": word("The shares of those who served do not come to the whole of a line"),
    "ReturnWrong": word("More came back of a line than was sold"),
    "ReturnLineWrong": word("What came back is not what the bill says of it"),
    "PaidBackTooMuch": word("More money was given back than was paid"),
    "ReturnPaidWrong": word("What was given back is not what the lines of the return came to"),
    "SaleMoveWrong": word("What left the stock is not what was sold"),
    "StockBooksWrong": word("The value of a stock document is not what was booked"),
    "StockWrong": word("The stock of an item is not the sum of its moves"),
    "StockAccountWrong": word("The stock account is not the value of the stock"),
    "StockLayersWrong": word("The layers of an item are not its stock"),
    "StocktakeWrong": word("What a stocktake moved is not what was counted"),
    "StockPlaceWrong": word("What lies in another place is not the sum of its moves"),
    "StockOfUnknownGoods": word("There is stock of goods that do not exist"),
    "GoodsMonthWrong": word("The kept sums of an item's month are not those of its sales"),
    "SearchIndexLacks": word("A search does not find the record by all of its name"),
    "SearchIndexWrong": word("A search finds the record by what it is not called"),
    "RoomCountWrong": word("Rooms are not counted as they are sold, held and closed"),
    "NightOutsideStay": word("A night holds a room outside of its stay"),
    "FolioLinesWrong": word("The lines of a guest's folio do not come to its balance"),
    "PostedAfterClose": word("A document of an earlier day was posted after one of a later day"),
    "TransferEarned": word("A transfer between accounts touches more than accounts"),
    "FolioPaymentsWrong": word("What was paid is not what stands on the account"),
    "RoomChargesWrong": word("What tills charged to rooms is not what stands on accounts"),
    "DepartmentWrong": word("Lines of an account are not of the department that charged them"),
    "LeftWithOpenWindow": word("A guest has left and his account is open"),
    "FolioChargesWrong": word("The lines of folios do not come to what was charged"),
    "WindowNotSettled": word("A closed window of a stay has a balance"),
    "DeliveryWrong": word("The figures of a delivery are not the sums of its lines"),
    "DeliveryMoveWrong": word("What the stock took in is not what the delivery says"),
    "NotBilledWrong": word("What is received and not billed is not what the books say"),
    "OrderStateWrong": word("An order is not as far as its deliveries say"),
    "SupplierBillWrong": word("The figures of a supplier's bill are not the sums of its lines"),
    "NightMissing": word("A stay holds no room on any night"),
}


def finding_text(finding: Finding, lang: Language) -> str:
    """One finding: its number, where, what is wrong, and the figures that disagree."""
    said = say(CHECKS[finding.code], lang) if finding.code in CHECKS else finding.code
    figures = ", ".join(f"{_named(name, lang)} {value}" for name, value in finding.fields.items())
    where = f" {finding.where}" if finding.where else ""
    return f"{finding.number}{where}: {said}" + (f" ({figures})" if figures else "")


# Of a slip that is held against the books; other figures are for whoever looks after the program.
_SAID = {"paper": word("on paper"), "books": word("in the books")}


def _named(name: str, lang: Language) -> str:
    return say(_SAID[name], lang) if name in _SAID else name
