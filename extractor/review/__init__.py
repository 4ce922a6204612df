"""The review workbench: a page on which a person says of every commitment of a run yes, no, or better.

`store` keeps what was decided in the run's folder, `merging` lays it over the records of a run, be it a newer one, and `desk`
holds the two together. `server` offers the desk as a page and an API on this machine alone; `exporting` and `gold`
write what people decided as outputs of a run and as annotated samples.
"""
