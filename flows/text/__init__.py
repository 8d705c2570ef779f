"""Text as it is written: normalisation, sentences, datelines."""
