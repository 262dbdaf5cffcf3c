"""`make bench`: every bench, one after the other; each prints its table and says where it stands in RESULTS.md."""

import pkgutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run each module of this folder in a process of its own. The exit code counts those that failed."""
    names = [module.name for module in pkgutil.iter_modules([str(HERE)]) if not module.name.startswith("_")]
    failed = 0
    for name in names:
        print(f"\n── python -m bench.{name}", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
