"""Documents of many kinds with what must be read in them: `python -m benchmarks.document_cases`.

The cases in `open` may be looked at while the readers are worked on; those in `closed` are for
measuring only.
"""
