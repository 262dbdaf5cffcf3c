"""How long a wrong sign-in makes the next one wait: it grows, and it never locks anybody out."""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

FREE_FOR_ACCOUNT = 3
FREE_FOR_ADDRESS = 30  # a whole office may share one
# At most a minute: whoever is kept from an account by another's guesses still gets in during an incident.
MOST = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(hours=12)


def delay(failures: int, free: int = FREE_FOR_ACCOUNT) -> timedelta:
    """The wait after this many wrong tries in a row: none for the first `free`, then 1, 2, 4 … 60 seconds."""
    if failures < free:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - free, 10)), MOST)


def address_prefix(address: str | None) -> str | None:
    """The /24 or /64 that the address lies in. None for an inner address: there a proxy would stand for everybody."""
    try:
        ip = ip_address(address or "")
    except ValueError:
        return None
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if ip.is_private:
        return None
    return str(ip_network(f"{ip}/{24 if ip.version == 4 else 64}", strict=False))
