"""Files that people upload: read row by row by a worker, staged where nobody sees it, all of it or nothing.

A package above has a table of uploads (`models.Upload`), says by a `desk.Desk` how its rows are read and kept, and lets
its job call `worker.read_files(desk)`. Whoever sent the file is told row by row what is wrong and what to do.
"""
