"""Keeping a register: checking it, and carrying it to another place without losing a byte."""
