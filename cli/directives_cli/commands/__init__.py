"""The commands, by what they are about; the table in `directives_cli.table` says which module holds which."""
