"""Reading articles from files: one module a format, found by its suffixes.

A format module has `SUFFIXES` (in small letters, with the dot) and
`read(input_file: InputFile) -> Iterator[Article | Reject]`, which streams and never raises; a file in this folder is
all a new format needs. What cannot be read becomes a `Reject` and the rest goes on.
"""

from flows.sources.inputs import InputFile, fingerprint, formats, list_inputs, read_input
from flows.sources.rejects import REASONS, Reason

__all__ = ["REASONS", "InputFile", "Reason", "fingerprint", "formats", "list_inputs", "read_input"]
