"""What `named_pipe` asks of Windows, by `ctypes` and the interpreter's own `_winapi`. Written, never run.

It can be imported anywhere, and `Windows` is there on Windows only. The checker of types looks at it as on Windows
(`basedpyright --pythonplatform Windows`); nothing else did.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import mmap

__all__ = ["shared_memory"]


def shared_memory(name: str, size: int) -> mmap.mmap:
    """Return memory that every process of this user's session has who knows the name, made when nobody has.

    Raises:
        OSError: this is not Windows, or there is no such memory to be had.
    """
    if sys.platform == "win32":
        import mmap  # noqa: PLC0415 - a relay loads it only when a broker is gone

        return mmap.mmap(-1, size, tagname=name)  # pyright: ignore[reportCallIssue] - it looks at every system
    raise OSError(f"memory of {size} bytes with the name {name} is to be had on Windows only")


if sys.platform == "win32":
    import _winapi
    import ctypes
    import time
    from ctypes import wintypes

    __all__ += ["Windows"]

    _PIPE_BUSY = 231
    _PIPE_CONNECTED = 535
    _QUERY_LIMITED = 0x1000
    _TOKEN_QUERY = 8
    _TOKEN_USER = 1
    _SDDL_REVISION = 1
    _REJECT_REMOTE = 8
    _IDENTIFY_ONLY = 0x00100000 | 0x00010000
    """SECURITY_SQOS_PRESENT and SECURITY_IDENTIFICATION: a stranger behind the name learns who we are, and no more."""

    _ROOM = 65536
    _LOOK_SECONDS = 0.05

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _advapi = ctypes.WinDLL("advapi32", use_last_error=True)
    _kernel.GetCurrentProcess.restype = wintypes.HANDLE
    _kernel.OpenProcess.restype = wintypes.HANDLE
    _kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    _kernel.LocalFree.argtypes = (wintypes.HLOCAL,)
    _kernel.GetNamedPipeClientProcessId.argtypes = (wintypes.HANDLE, wintypes.PULONG)
    _kernel.GetNamedPipeServerProcessId.argtypes = (wintypes.HANDLE, wintypes.PULONG)
    _advapi.OpenProcessToken.argtypes = (wintypes.HANDLE, wintypes.DWORD, wintypes.PHANDLE)
    _advapi.GetTokenInformation.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        wintypes.LPVOID,
        wintypes.DWORD,
        wintypes.PDWORD,
    )
    _advapi.ConvertSidToStringSidW.argtypes = (wintypes.LPVOID, ctypes.POINTER(wintypes.LPWSTR))
    _advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = (
        wintypes.LPCWSTR,
        wintypes.DWORD,
        ctypes.POINTER(wintypes.LPVOID),
        wintypes.PULONG,
    )

    class _Attributes(ctypes.Structure):
        """SECURITY_ATTRIBUTES."""

        _fields_ = (("length", wintypes.DWORD), ("descriptor", wintypes.LPVOID), ("inherited", wintypes.BOOL))

    class _User(ctypes.Structure):
        """TOKEN_USER."""

        _fields_ = (("sid", wintypes.LPVOID), ("attributes", wintypes.DWORD))

    def _checked(done: int) -> None:
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())

    class Windows:
        """The real `named_pipe.System`."""

        def own_user(self) -> str:
            """Return the security identifier of this process's user."""
            return _user_of(_kernel.GetCurrentProcess())

        def user_of(self, process: int) -> str:
            """Return that of another process's."""
            handle = _kernel.OpenProcess(_QUERY_LIMITED, False, process)  # noqa: FBT003 - the system's order
            _checked(handle)
            try:
                return _user_of(handle)
            finally:
                _kernel.CloseHandle(handle)

        def create(self, name: str, access: str, *, first: bool) -> int:
            """Create an instance of a pipe."""
            descriptor = wintypes.LPVOID()
            _checked(
                _advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW(
                    access, _SDDL_REVISION, ctypes.byref(descriptor), None
                )
            )
            attributes = _Attributes(ctypes.sizeof(_Attributes), descriptor, False)  # noqa: FBT003 - as above
            mode = _winapi.PIPE_ACCESS_DUPLEX | _winapi.FILE_FLAG_OVERLAPPED
            try:
                return _winapi.CreateNamedPipe(
                    name,
                    mode | (_winapi.FILE_FLAG_FIRST_PIPE_INSTANCE if first else 0),
                    _winapi.PIPE_WAIT | _REJECT_REMOTE,
                    _winapi.PIPE_UNLIMITED_INSTANCES,
                    _ROOM,
                    _ROOM,
                    0,
                    ctypes.addressof(attributes),
                )
            finally:
                _kernel.LocalFree(descriptor)

        def wait(self, pipe: int) -> None:
            """Wait until somebody opens it."""
            try:
                came = _winapi.ConnectNamedPipe(pipe, overlapped=True)
            except OSError as error:
                if error.winerror != _PIPE_CONNECTED:
                    raise
                return
            _, code = came.GetOverlappedResult(True)  # noqa: FBT003 - as above
            if code not in (0, _PIPE_CONNECTED):
                raise ctypes.WinError(code)

        def open(self, name: str, *, patience: float) -> int:
            """Open a pipe as a client; one whose instances are all taken is tried again."""
            flags = _winapi.FILE_FLAG_OVERLAPPED | _IDENTIFY_ONLY
            both = _winapi.GENERIC_READ | _winapi.GENERIC_WRITE
            end = time.monotonic() + patience
            while True:
                try:
                    return _winapi.CreateFile(name, both, 0, _winapi.NULL, _winapi.OPEN_EXISTING, flags, _winapi.NULL)
                except OSError as error:
                    if error.winerror != _PIPE_BUSY or time.monotonic() >= end:
                        raise
                time.sleep(_LOOK_SECONDS)

        def client_of(self, pipe: int) -> int:
            """Return the process that opened it."""
            process = wintypes.ULONG()
            _checked(_kernel.GetNamedPipeClientProcessId(pipe, ctypes.byref(process)))
            return process.value

        def server_of(self, pipe: int) -> int:
            """Return the process that created it."""
            process = wintypes.ULONG()
            _checked(_kernel.GetNamedPipeServerProcessId(pipe, ctypes.byref(process)))
            return process.value

        def close(self, handle: int) -> None:
            """Close a handle."""
            _kernel.CloseHandle(handle)

    def _user_of(process: int) -> str:
        """Return the security identifier of a process's user, as text."""
        token = wintypes.HANDLE()
        _checked(_advapi.OpenProcessToken(process, _TOKEN_QUERY, ctypes.byref(token)))
        try:
            size = wintypes.DWORD()
            _advapi.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(size))
            room = ctypes.create_string_buffer(size.value)
            _checked(_advapi.GetTokenInformation(token, _TOKEN_USER, room, size, ctypes.byref(size)))
        finally:
            _kernel.CloseHandle(token)
        text = wintypes.LPWSTR()
        _checked(_advapi.ConvertSidToStringSidW(_User.from_buffer(room).sid, ctypes.byref(text)))
        try:
            return str(text.value)
        finally:
            _kernel.LocalFree(ctypes.cast(text, wintypes.HLOCAL))
