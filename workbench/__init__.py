"""What the front door needs and the site does not: environment, preview, browser, HTML checker.

`environment`, `command_line`, `outcome` and `progress` need nothing but the standard library,
because they run before anything is installed.
"""
