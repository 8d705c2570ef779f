"""One module a command: `command` is the click command of that name. They import what is slow only when they run."""
