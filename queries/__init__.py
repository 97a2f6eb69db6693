"""From store to release: one question at a time becomes numbers that are safe to show."""

import os

# NumPy reads it when it is first loaded. The audit multiplies many small matrices: shared out over
# several threads they took twice the processor time, which two audits side by side also want.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
