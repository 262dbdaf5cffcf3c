"""`flask log verify`: proves every chain, or names the first wrong place."""

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from app.extensions import db
from app.lib.database import reading
from app.logbook.chain import parse_head
from app.logbook.models import LogChain
from app.logbook.verify import chain_ids, verify_chain

log = AppGroup("log", help="The log (logbog).")


@log.command("verify")
@click.option("--against", metavar="HEAD", help="A head noted earlier, `chain:seq:hash`, as mailed or printed.")
@click.option("--chain", metavar="ID", help="Only this chain.")
def verify(against: str | None, chain: str | None) -> None:
    """Verify all chains, or the one named. Prints each chain's head; exit code 1 when one is broken."""
    try:
        chain = chain or (parse_head(against)[0] if against else None)
    except ValueError:
        raise click.BadParameter("ser ud som kæde:nummer:hash", param_hint="--against") from None
    with reading():
        whole = [_judge(chain_id, against) for chain_id in _chosen(chain)]
    if not all(whole):
        raise click.exceptions.Exit(1)


def _chosen(chain: str | None) -> list[int]:
    if chain is None:
        return chain_ids()
    chain_id = db.session.scalar(sa.select(LogChain.id).where(LogChain.public_id == chain))
    if chain_id is None:
        raise click.ClickException(f"Loggen {chain} findes ikke. Den kan være slettet.")
    return [chain_id]


def _judge(chain_id: int, against: str | None) -> bool:
    try:
        verdict = verify_chain(chain_id, against)
    except LookupError:
        click.echo(f"FEJL  Indførsler uden log (intern nr. {chain_id}): loggens hoved er fjernet.")
        return False
    click.echo(f"{'OK  ' if verdict.is_whole else 'FEJL'}  {verdict.sentence()}  {verdict.head}")
    return verdict.is_whole
