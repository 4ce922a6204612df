"""Many inputs in one run: each ends as done, set aside or left out, nothing stops the rest, and nothing is lost.

`inputs` says which files, `run` reads them and writes the outputs. Between the two lies the spool, a database in the
output folder that holds every text as soon as it is done: what is there need not be read again.
"""

from extractor.batch.inputs import STDIN, Input, WrongCall, inputs, printable
from extractor.batch.running import run
from extractor.batch.settings import Event, Settings, Summary
from extractor.batch.work import documents, settle, standard_input

__all__ = [
    "STDIN",
    "Event",
    "Input",
    "Settings",
    "Summary",
    "WrongCall",
    "documents",
    "inputs",
    "printable",
    "run",
    "settle",
    "standard_input",
]
