"""Reading files in separate processes, so that a hostile file can only fail.

``pool.py`` runs two processes, each of which reads one file at a time; ``process.py`` is the
program that they run. A process that is silent for a minute, takes too much memory or exits is
killed along with its child processes, and replaced. A file that may have failed because of the one
before is retried once. The limit is 1 GiB, less on a machine with less than 4 GiB. On Linux and
macOS the system also limits each process to four times as much address space. The memory in use is
monitored from outside, which works on Windows as well. If the program is killed, the processes exit
when their input ends.

Answers are JSON and never pickles: a file that takes over its reader must not be able to run
anything in the program.

The processes are started with a line of Python and communicate through pipes. In contrast, those of
``multiprocessing``, and of the pools built on it, import the program's main module: a script that
calls ``Archive.index`` without ``if __name__ == "__main__"`` would start itself again and fail.
"""
