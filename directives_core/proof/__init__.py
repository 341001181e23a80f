"""Proof that the log is what it was: leaves, the Merkle tree over them, signed notes, and what verifying finds."""
