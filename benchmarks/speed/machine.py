"""What a table of times must say of the machine, and no more: no names, no paths."""

import os
import platform
from datetime import date
from pathlib import Path

from speed.engines import own_versions

CPU, MEMORY = Path("/proc/cpuinfo"), Path("/proc/meminfo")


def described() -> dict:
    """Return date, processor, memory, Python and versions."""
    return {
        "date": date.today().isoformat(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_gb": memory_gb(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "system": platform.system(),
        "python": platform.python_version(),
        "versions": own_versions(),
    }


def processor() -> str:
    """Return the processor's name."""
    if CPU.exists():
        for line in CPU.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def memory_gb() -> float | None:
    """Return the machine's memory in GB, where it says it."""
    if not MEMORY.exists():
        return None
    return round(int(MEMORY.read_text().split()[1]) / 1e6, 1)


def in_words(machine: dict) -> str:
    """Return one sentence on the machine and one on versions."""
    held = f", {machine['memory_gb']:.0f} GB" if machine["memory_gb"] else ""
    load = machine["load"]
    busy = f" Load when it ended: {load}." if load is not None else ""
    versions = ", ".join(f"{n} {v}" for n, v in machine["versions"].items())
    return (
        f"{machine['date']}, {machine['processor']}, {machine['cores']} processors"
        f"{held}, {machine['system']}.{busy} Python {machine['python']}, {versions}."
    )
