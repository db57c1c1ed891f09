"""The tests; several processes run them at once, so each keeps to one thread for its sums."""

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # read when numpy and torch are imported
