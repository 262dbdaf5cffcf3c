"""Stories to tell around a table: made up, about places and rumours, never about a person. Minutes from the start."""

from dataclasses import dataclass

from app.lib.i18n import N_


@dataclass(frozen=True)
class Story:
    """One of the example stories; `category` is the plan's key that it fits."""

    key: str
    title: str
    category: str
    told: tuple[tuple[int, str], ...]


STORIES = {
    story.key: story
    for story in (
        Story(
            "rumour", N_("Rygte på nettet"), "rumours",
            (
                (0, N_("Et opslag påstår, at en kendt person er dræbt i området. Ingen har hørt om det andre steder.")),
                (10, N_("Opslaget er delt 400 gange. Forældre ringer til skolen og henter deres børn.")),
                (20, N_("Politiet siger i telefonen, at de ikke har en sag. De bliver ikke part.")),
                (30, N_("En journalist vil have en udtalelse inden for en halv time.")),
                (45, N_("To naboer har fået hver sin forklaring fra hver sin medarbejder.")),
            ),
        ),
        Story(
            "gathering", N_("Mange unge ved klubben"), "youth_gathering",
            (
                (0, N_("Ca. 80 unge er samlet ved klubben efter lukketid. Høj musik, ingen ballade. Beboere ringer.")),
                (10, N_("En beboer skriver på nettet, at der er optræk til slagsmål. Det er der ikke.")),
                (20, N_("Natteravnene spørger, om de skal gå ud, og hvor de skal gå hen.")),
                (40, N_("De fleste unge er gået hjem. Bestyrelsen spørger, hvad der skete.")),
            ),
        ),
        Story(
            "fire", N_("Brand i en opgang"), "fire",
            (
                (0, N_("Køkkenbrand i en lejlighed. To opgange er rømmet. Ingen mistanke om noget strafbart.")),
                (10, N_("40 beboere står i kulden. Beboerhuset er låst.")),
                (25, N_("Nogen skriver, at branden er påsat. Brandvæsenet siger nej.")),
                (40, N_("Den ene opgang kan åbnes igen i aften. Den anden kan ikke.")),
            ),
        ),
        Story(
            "neighbours", N_("Nabokonflikt, der breder sig"), "neighbours",
            (
                (0, N_("En strid om støj deler en opgang i to lejre. Der hænger hårde opslag i opgangen.")),
                (15, N_("Et medlem af afdelingsbestyrelsen har taget parti i et opslag på nettet.")),
                (30, N_("Begge sider siger ja til mægling, men ikke på samme dag.")),
            ),
        ),
        Story(
            "shooting", N_("Skud ved parkeringspladsen"), "shooting",
            (
                (0, N_("Sent om aftenen høres flere skud ved parkeringspladsen. Politiet spærrer af.")),
                (10, N_("Billeder fra stedet deles. Nogen spørger, om der er tilskadekomne. Ingen ved det endnu.")),
                (20, N_("Politiet siger, hvad der må siges videre, og hvor frivillige ikke må gå hen.")),
                (35, N_("En tv-vogn er på vej. Formanden for en bestyrelse bliver ringet op.")),
                (50, N_("Afspærringen ophæves kl. 8. Beboere spørger, om børnene kan gå til skole.")),
            ),
        ),
        Story(
            "stabbing", N_("Knivstikkeri ved torvet"), "stabbing",
            (
                (0, N_("Der er sket en voldsepisode ved torvet om eftermiddagen. Mange børn så det.")),
                (10, N_("Skole og klub ringer for at få at vide, hvad de må sige.")),
                (25, N_("Et navn går rundt på nettet. Flere spørger jer, om det passer.")),
                (40, N_("Forældre vil mødes i klubben i aften.")),
            ),
        ),
        Story(
            "club", N_("Vold på ungdomsklubben"), "club_violence",
            (
                (0, N_("Slagsmål i klubben. En medarbejder er slået. Klubben lukker for i aften.")),
                (15, N_("Unge står uden for den lukkede dør. Forældre ringer.")),
                (30, N_("Volden bliver anmeldt, og politiet tager sagen. Hvad ændrer sig nu?")),
                (45, N_("Nogen spørger, om klubben åbner i morgen.")),
            ),
        ),
    )
}  # fmt: skip
