"""Whose customers somebody sees: those that nobody is responsible for, and by the reach of his role
his own, those of his team or of the store; `shared_with` sees one as well.
"""

from __future__ import annotations

from models.people.persons import Person
from models.trust.operation import Job
from models.trust.scopes import OutOfScope, Scope
from models.trust.users import Rights


def require_seen(person: Person, rights: Rights) -> None:
    """Refuses: OutOfScope."""
    owner = person.responsible_id
    if owner is not None and not Scope.of(rights).sees(owner, person.shared_with_id):
        raise OutOfScope(user=rights.name)


def require_seen_in(job: Job, person: Person) -> None:
    """The same inside an operation, where a manager may approve it. Refuses: OutOfScope."""
    if person.responsible_id is not None:
        job.require_seen(person.responsible_id, person.shared_with_id)
