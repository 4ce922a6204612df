"""A run on a Dask cluster: the inputs are cut into partitions, each is a run of its own on some worker.

`finding` says which files, `partitions` cuts them, `sending` has them carried to the workers and back, `carrying` is
what a worker does: it fetches a partition and gives it to `extractor.batch.run`, the same that reads a folder on one
machine, with the same worker process that a harmful text cannot get out of. What comes of it are part files beside those
of other partitions; `manifest` says at the end which of them make up the result. Only names, counts and reasons pass
through the scheduler.
"""

from extractor.cluster.running import run

__all__ = ["run"]
