"""numpy on one thread: for small tables more threads cost more than they bring, and take the cores from others."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

__all__ = ["np"]
