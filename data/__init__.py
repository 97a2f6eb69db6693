"""From file to store: a file enters here, is checked against a contract and becomes rows."""

import os

# Memory that polars lets go goes back to the machine at once: by default it is kept for ten
# seconds, and a big file is loaded in less. Read when polars is loaded, so set before.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:0,muzzy_decay_ms:0")

# With lxml, which came with the slides, openpyxl writes the same workbook in other bytes, and reads
# by other limits than were measured. Read when openpyxl is loaded, so set before.
os.environ.setdefault("OPENPYXL_LXML", "False")

# NumPy reads it when it is first loaded. The audit multiplies many small matrices: shared out over
# several threads they took twice the processor time, which two audits side by side also want.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
