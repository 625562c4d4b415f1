"""What people change in the org: a change sets the SystemModstamp of every record it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sandbox.org.ids import PREFIXES
from tests.sandbox.org.org import Org

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.sandbox.org.org import Chosen
    from tests.sandbox.org.table import Row

TRIES = 50
MOST_PEOPLE = 50  # contacts of one task (object reference, TaskWhoRelation)


class ChangingOrg(Org):
    """An org whose relations, tasks and people change."""

    def insert(self, count: int, stamp_age_seconds: float = 0, **fields: object) -> list[str]:
        """Add relations between tasks and contacts that the reader's database holds.

        `fields` replaces their fields. Queries show them from now on; their stamps are
        `stamp_age_seconds` old, as if their transaction had begun then.
        """
        with self.lock:
            written = self.stamp(stamp_age_seconds)
            users = self.known("User")
            pairs = self._free_pairs(count)
            made = [
                self._relation(pair, self.random.choice(users), written, fields) for pair in pairs
            ]
            self.tables["TaskWhoRelation"].put(made)
            return [row[0] for row in made]

    def commit_late(self, count: int, stamp_age_seconds: float) -> list[str]:
        """Add relations whose transaction began so long ago and commits now."""
        return self.insert(count, stamp_age_seconds)

    def insert_orphans(self, count: int) -> list[str]:
        """Add relations with new tasks that the reader's database lacks."""
        with self.lock:
            tasks = self.add_tasks(count)
            self.withhold(tasks)
            people, users, written = self.known("Contact"), self.known("User"), self.stamp()
            made = [
                self._relation((task, self.random.choice(people)), users[0], written, {})
                for task in tasks
            ]
            self.tables["TaskWhoRelation"].put(made)
            return [row[0] for row in made]

    def add_tasks(self, count: int) -> list[str]:
        """Add tasks, copies of others, without relations."""
        with self.lock:
            table = self.tables["Task"]
            known = self.known("Task")
            dates = ("CreatedDate", "LastModifiedDate", "SystemModstamp")
            changes = dict.fromkeys(dates, self.stamp())
            made = [
                table.change(self.random.choice(known), {"Id": record_id, **changes})
                for record_id in self.numbers["Task"].take(count)
            ]
            table.put(made)
            return [row[0] for row in made]

    def update(self, chosen: Chosen, **changes: object) -> list[str]:
        """Change fields of relations to any values, and their author to a random one."""
        with self.lock:
            written = self.stamp()
            author = self.random.choice(self.known("User"))
            usual = {"LastModifiedDate": written, "LastModifiedById": author}
            return self._restamp("TaskWhoRelation", self.pick(chosen), {**usual, **changes})

    def soft_delete(self, chosen: Chosen) -> list[str]:
        """Move relations to the recycle bin, as a delete of their task does."""
        with self.lock:
            return self._restamp("TaskWhoRelation", self.pick(chosen), {"IsDeleted": True})

    def undelete(self, chosen: Chosen) -> list[str]:
        """Restore relations from the recycle bin."""
        with self.lock:
            back = self.pick(chosen, deleted=True)
            return self._restamp("TaskWhoRelation", back, {"IsDeleted": False})

    def hard_delete(self, chosen: Chosen) -> list[str]:
        """Remove relations for good: no query shows them; TaskRelation/deleted lists them."""
        with self.lock:
            gone = self.pick(chosen)
            self.purged += [(record_id, self.stamp()) for record_id in gone]
            self.tables["TaskWhoRelation"].remove(gone)
            return gone

    def delete_tasks(self, chosen: Chosen) -> list[str]:
        """Move tasks and their relations to the recycle bin; return the relations' Ids."""
        with self.lock:
            tasks = self._restamp("Task", self.pick(chosen, "Task"), {"IsDeleted": True})
            return self._restamp("TaskWhoRelation", self._of("TaskId", tasks), {"IsDeleted": True})

    def undelete_tasks(self, chosen: Chosen) -> list[str]:
        """Restore tasks and their relations; return the relations' Ids."""
        with self.lock:
            back = self.pick(chosen, "Task", deleted=True)
            tasks = self._restamp("Task", back, {"IsDeleted": False})
            return self._restamp("TaskWhoRelation", self._of("TaskId", tasks), {"IsDeleted": False})

    def archive_tasks(self, chosen: Chosen) -> list[str]:
        """Archive tasks; their relations stay visible. Return the relations' Ids."""
        with self.lock:
            archived = {"IsArchived": True, "IsClosed": True, "Status": "Completed"}
            tasks = self._restamp("Task", self.pick(chosen, "Task"), archived)
            return self._restamp("TaskWhoRelation", self._of("TaskId", tasks), {})

    def delete_contacts(self, chosen: Chosen) -> list[str]:
        """Delete contacts, and remove their relations for good; return the relations' Ids."""
        with self.lock:
            gone = self._restamp("Contact", self.pick(chosen, "Contact"), {"IsDeleted": True})
            return self.hard_delete(self._of("RelationId", gone))

    def merge_contacts(self, losers: Iterable[str], winner: str) -> list[str]:
        """Merge contacts into one, as SOAP merge() does; return the relations' Ids.

        The losers go to the recycle bin with MasterRecordId. Their relations refer to the winner
        now, and their stamps stay; where it takes part in the task already, they are gone.
        """
        with self.lock:
            gone = list(losers)
            self._restamp("Contact", gone, {"IsDeleted": True, "MasterRecordId": winner})
            table, moved = self.tables["TaskWhoRelation"], self._of("RelationId", gone)
            tasks = {table[i]["TaskId"] for i in self._of("RelationId", [winner])}
            for record_id in moved:
                task = table[record_id]["TaskId"]
                if task in tasks:
                    self.hard_delete(record_id)
                else:
                    table.put([table.change(record_id, {"RelationId": winner})])
                tasks.add(task)
            return moved

    def deactivate_users(self, users: Iterable[str]) -> list[str]:
        """Deactivate users; queries show them as before."""
        with self.lock:
            return self._restamp("User", list(users), {"IsActive": False})

    def convert_leads(self, count: int, *, moves: bool = True) -> list[str]:
        """Convert the leads of so many relations into one contact; return the relations' Ids.

        The relations refer to the contact now; without `moves` they stay with their leads, as
        nothing documented rules out.
        """
        with self.lock:
            table = self.tables["TaskWhoRelation"]
            place = table.place["Type"]
            found = [i for i in table.order if table.rows[i][place] == "Lead"][:count]
            person = self.random.choice(self.known("Contact"))
            leads = list(dict.fromkeys(table[i]["RelationId"] for i in found))
            self._restamp("Lead", leads, {"IsConverted": True, "ConvertedContactId": person})
            if not moves:
                return found
            return self._restamp(
                "TaskWhoRelation", found, {"Type": "Contact", "RelationId": person}
            )

    def empty_recycle_bin(self) -> list[str]:
        """Remove for good what the recycle bin holds; return the relations' Ids."""
        with self.lock:
            relations: list[str] = []
            for sobject in ("Contact", "Lead", "Task", "TaskWhoRelation"):
                table = self.tables[sobject]
                relations = self.pick(len(table), sobject, deleted=True)
                if sobject == "TaskWhoRelation":
                    self.purged += [(i, table[i]["SystemModstamp"]) for i in relations]
                table.remove(relations)
            return relations

    def _restamp(self, sobject: str, chosen: list[str], changes: dict[str, object]) -> list[str]:
        table = self.tables[sobject]
        changes = {"SystemModstamp": self.stamp(), **changes}
        table.put([table.change(record_id, changes) for record_id in chosen])
        return chosen

    def _of(self, field: str, parents: Iterable[str]) -> list[str]:
        table = self.tables["TaskWhoRelation"]
        place, wanted = table.place[field], set(parents)
        return [i for i in table.order if table.rows[i][place] in wanted]

    def _free_pairs(self, count: int) -> list[tuple[str, str]]:
        """Draw pairs of a task and a person who does not take part in it yet."""
        table = self.tables["TaskWhoRelation"]
        tasks, people = self.known("Task"), self.known("Contact")
        drawn = self.random.choices(tasks, k=count * 4 + TRIES)
        taken: dict[str, set[str]] = {task: set() for task in drawn}
        task_place, person_place = table.place["TaskId"], table.place["RelationId"]
        for row in table.rows.values():
            if row[task_place] in taken:
                taken[row[task_place]].add(row[person_place])
        pairs: list[tuple[str, str]] = []
        for task in drawn:
            person = self.random.choice(people)
            if len(pairs) < count and self._may_join(person, taken[task]):
                taken[task].add(person)
                pairs.append((task, person))
        # a very small org may have no such pair left
        missing = count - len(pairs)
        doubled = zip(drawn[:missing], self.random.choices(people, k=missing), strict=True)
        return pairs + list(doubled)

    @staticmethod
    def _may_join(person: str, others: set[str]) -> bool:
        """A task has one lead, or up to 50 different contacts."""
        with_lead = any(other.startswith(PREFIXES["Lead"]) for other in others)
        return not with_lead and person not in others and len(others) < MOST_PEOPLE

    def _relation(
        self, pair: tuple[str, str], author: str, written: str, fields: dict[str, object]
    ) -> Row:
        record = {
            "Id": self.numbers["TaskWhoRelation"].take(1)[0],
            "IsDeleted": False,
            "Type": "Contact",
            "RelationId": pair[1],
            "TaskId": pair[0],
            "AccountId": None,
            "CreatedById": author,
            "LastModifiedById": author,
            "CreatedDate": written,
            "LastModifiedDate": written,
            "SystemModstamp": written,
            **fields,
        }
        return tuple(record[name] for name in self.tables["TaskWhoRelation"].columns)
