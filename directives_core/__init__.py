"""Directives, followed from the meeting that orders them to the audit years later."""
