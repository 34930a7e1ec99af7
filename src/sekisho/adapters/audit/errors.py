"""The one error that the audit answers with, and what a human can do about each cause."""

from __future__ import annotations

import errno


class AuditUnavailable(Exception):  # noqa: N818 - it names a state of affairs, which callers answer by refusing
    """An entry could not be recorded, so its effect must not happen."""

    def __init__(self, what: str, *, where: str, next_step: str) -> None:
        super().__init__(f"{what} ({where}). {next_step}")
        self.what = what
        """What went wrong, one clause."""
        self.where = where
        """The file or directory."""
        self.next_step = next_step
        """What a human can do about it."""


def unavailable(error: OSError, where: str) -> AuditUnavailable:
    """Return the error for callers of the audit when the system refuses to write."""
    return AuditUnavailable(
        f"The audit record can't be written: {error.strerror or error}",
        where=where,
        next_step=_NEXT_STEPS.get(error.errno or 0, "Check that disk and this file."),
    )


_NEXT_STEPS = {
    errno.ENOSPC: "Free space on that disk; recording goes on by itself.",
    errno.EDQUOT: "Free space within your quota on that disk; recording goes on by itself.",
    errno.EFBIG: "Raise the file size limit (ulimit -f) of this process.",
    errno.EIO: "The disk reports errors: look at the system's log, move the state directory to another disk.",
    errno.EROFS: "The disk is read-only: look at the system's log, remount it.",
    errno.EACCES: "Give the directory back to this user with mode 700.",
    errno.EPERM: "Give the directory back to this user with mode 700, without special attributes.",
    errno.ENOENT: "The directory was removed: restart the gateway, and look for who removed it.",
    errno.ETIMEDOUT: "End the process that holds it, or wait for it, and try again.",
    errno.EMFILE: "This process has too many open files: raise its limit (ulimit -n) and restart it.",
}
