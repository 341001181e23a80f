"""The parts of verify.py, the verifier in every evidence pack: the standard library alone, nothing of this project."""
