"""Read files in separate processes, so that a hostile file can only fail.

``pool.py`` runs two processes, each of which reads one file at a time; ``process.py`` is the
program that they run. A process that is silent for a minute, takes too much memory or ends is
ended with all that it has started, and another takes its place. A file that may have suffered from
the one before it is tried once more. On Linux and macOS the system also limits each process to
4 GiB of addresses; the memory in use is watched from outside, which works on Windows as well. When
the program is killed, the processes see the end of their input and end.

Answers are JSON and never pickles: a file that takes over its reader must not be able to run
anything in the program.

The processes are started with a line of Python and talk through pipes. Those of
``multiprocessing``, and of the pools built on it, import the program's main module: a script that
calls ``Archive.index`` without ``if __name__ == "__main__"`` would start itself again and fail.
"""
