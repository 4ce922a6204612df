"""What comes in from the workers, put into the spool and told to whoever watches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from extractor.batch.crew import Lost
from extractor.batch.settings import Event
from extractor.batch.spool import Spool
from extractor.batch.work import Begin, End, Job, Text

Tell = Callable[[Event], None]
BYTES_A_CHARACTER = 3
"""Of Chinese in UTF-8: how far a file with many texts has come is only guessed until its end."""
CHANGED = "it changed while it was read; run again when nobody writes to it"


class Keeper:
    """Keeps what is found and counts what is left, by the keys of inputs: shares not yet ended, bytes not yet read.

    An input that was not the same from the first of its texts to the last is set aside, for its texts do not belong together.
    """

    def __init__(self, spool: Spool, jobs: Sequence[Job], tell: Tell) -> None:
        self.spool = spool
        self.tell = tell
        self.items = {job.key: job.item for job in jobs}
        self.shares = Counter(job.key for job in jobs)
        self.left = {job.key: job.size for job in jobs}
        self.digests = {job.key: job.sha256 for job in jobs if job.done}
        self.changed: set[int] = set()
        tell(Event("plan", texts=spool.texts, files=len(self.items), bytes=sum(self.left.values())))

    def keep(self, found: Begin | Text | End | Lost) -> None:
        """Keep one thing."""
        match found:
            case Begin(key, sha256):
                self.spool.identify(key, sha256)
                if key in self.changed or self.digests.setdefault(key, sha256) != sha256:
                    self.give_up(key)
            case Text():
                self.keep_text(found)
            case End(key, changed):
                if changed:
                    self.give_up(key)
                self.shares[key] -= 1
                if not self.shares[key]:
                    self.end(key)
            case Lost(job, reason):
                self.tell(Event("worker lost", job.item.name, reason=reason))

    def give_up(self, key: int) -> None:
        """Nothing of an input is to be taken over, not even by a run that goes on after this one is killed."""
        self.changed.add(key)
        self.spool.identify(key, None)

    def keep_text(self, text: Text) -> None:
        """Keep what became of a text."""
        self.spool.add(text)
        step = min(self.left[text.key], text.characters * BYTES_A_CHARACTER)
        self.left[text.key] -= step
        self.tell(Event("text", text.name, text.reason, text.characters, step))

    def end(self, key: int) -> None:
        """All of an input is there."""
        item = self.items[key]
        if key in self.changed:
            self.spool.forget(key, complete=False)
            self.keep_text(Text(key, 0, item.name, f"{item.name}: {CHANGED}", final=False))
        if not self.spool.done(key):
            self.keep_text(Text(key, 0, item.name, f"{item.name}: there is no text in it"))
        self.spool.complete(key)
        self.tell(Event("input", item.name, files=1, bytes=self.left.pop(key)))
