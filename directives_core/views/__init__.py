"""The register as of a moment, and the questions that are asked of it: lists, figures, history, why."""
