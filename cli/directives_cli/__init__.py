"""The `directives` command: what people type becomes calls of the library, and what it answers is printed."""
