"""Where the tests live: a data folder and a memory folder of their own, never the ones of this machine.

Loaded by `-p` before anything reads the settings (pyproject.toml).
"""

import os
import tempfile

for name in [name for name in os.environ if name.startswith("PEERWORK_")]:
    del os.environ[name]
os.environ["PEERWORK_DATA"] = tempfile.mkdtemp(prefix="peerwork-tests-")
os.environ["PEERWORK_MEMORY"] = tempfile.mkdtemp(prefix="peerwork-tests-memory-")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# NumPy's small matrices are quicker on one thread than shared out among cores that are busy already.
os.environ["OPENBLAS_NUM_THREADS"] = "1"


def pytest_sessionfinish():
    import shutil

    for name in ("PEERWORK_DATA", "PEERWORK_MEMORY"):
        shutil.rmtree(os.environ[name], ignore_errors=True)
