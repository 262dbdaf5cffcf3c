"""Two hundred lines as people write them in a log: 120 that harm nobody, and 80 that name somebody. All are made up."""

ORDINARY = """\
Skud hørt ved Butikstorvet kl. 23.38, meldt af to beboere uafhængigt af hinanden.
Politiet er på stedet med 3 vogne. Ingen meldt tilskadekommet.
Vagtchefen siger ja til den første besked kl. 23:52, læst op i telefonen.
Klubben er lukket fra kl. 21. 14 unge sendt hjem, 3 hentet af forældre.
Første besked til 214 tilmeldte i Lindehuse, opgang 12 A-14 C.
Brand i container ved p-pladsen, slukket kl. 00.17.
Brandvæsenet forlader stedet kl. 01.05. Kælderen er røgfyldt og skal luftes ud.
Strømmen er væk i Søndertoften 2-18, ca. 96 boliger. Forventes tilbage kl. 03.30.
Ring 112 ved fare. Ring 114, hvis du har set noget.
Journalnummer 0700-61432-00123-26 oplyst af vagthavende.
Sagsnr. 2026-004512 hos driften, haster.
Driften har vagt på 2 adresser, næste runde kl. 02.15.
Rygtet siger, at skolen lukker i morgen. Skolelederen afkræfter kl. 22.47.
Opslaget på nettet er delt 340 gange på to timer.
Vi skriver igen senest kl. 00.40.
Opgang 7, 3. tv: vindue smadret, glarmester bestilt til i morgen kl. 8.
EAN 5790001234567, rekvisition 4410 på glarmesteren.
CVR 29188459 er vagtselskabet, de har nøgle til kælderen.
Vagtselskabet ankommer 23.11.2026 kl. 00.30 og bliver til kl. 06.
Mødested: Linde Kulturhus, Butikstorvet 4, lokale 112.
Uroen er flyttet til boldbanen bag Vangeparken, omkring 25 unge.
Opsøgende team går ud to og to. Sidste melding kl. 23.55: roligt.
Kommunens vagttelefon er orienteret, de ringer tilbage inden 20 min.
Fire scootere kører frem og tilbage på stien, ingen hjelme.
Der er kastet sten mod linje 353 ved stoppestedet, ruden er revnet, ingen ramt.
Movia kører uden om Søndertoften til kl. 05.00.
To biler er brændt ved Skovkanten 40, tredje blev reddet.
Helikopteren er hørt siden kl. 00.10. Mange spørger hvorfor.
Politiet: ingen fare for beboerne, bliv inde til kl. 01.
Der er sat afspærring fra nr. 22 til nr. 38.
Børnehaven åbner som normalt kl. 6.30, personalet får besked kl. 5.45.
Skolen har 612 elever, heraf 40 fra Lindehuse.
Budget for ekstra vagt: 18.500 kr. ekskl. moms.
Referat fra mødet 22.11.2026, punkt 4: belysning på stien.
Lamperne 14, 15 og 16 på stien er slukket, meldt til driften.
Målt 78 dB ved gavlen kl. 23.20, klager fra 5 opgange.
Ungdomsskolen flytter arrangementet fra 27.11 til 4.12.
Fakta: døren var låst kl. 22, åbnet med nøgle, ikke brudt op.
Kl. 00.02: brand meldt. Kl. 00.09: første vogn. Kl. 00.31: slukket.
Temperaturen er 4 grader, det regner, og der er vindstød på 15 m/s.
Aftalt: SSP ringer til skolerne, helhedsplanen til bestyrelserne.
Presse: Linde Avis spørger, om området er afspærret. Svar: nej.
TV Linde ringer igen kl. 7.15.
Henvist til talspersonen hos politiet.
Budskab v3 er godkendt af 5 ud af 6 parter.
Ukendt lugt i opgang 3, beredskabet måler, intet fundet.
Elevatoren i nr. 9 står stille med to i, montør på vej, 15 min.
Vandet er lukket i blok 4-6 til kl. 14.
Beboerhuset holder åbent til midnat, kaffe til dem, der vil tale.
Naboerne i nr. 8 og nr. 10 er uenige om larm, mægling tilbudt 25.11.
Graffiti på gavlen mod torvet, ca. 4 x 2 m, fjernes senest onsdag.
Hærværk på legepladsen for 12.000 kr.
Knust flaske ved gyngerne, fejet op.
Gruppen ved kiosken er gået hjem kl. 00.48.
Ambulancen kørte kl. 00.22 uden udrykning.
Hundepatruljen søger mod skoven.
Eftersøgningen er slut, personen er fundet og har det godt.
Ældre dame fundet af naboen, kørt hjem.
Personalet har talt med forældrene. Resten drøftes i SSP.
Underretning sendt ad den almindelige vej, intet her.
Talte med viceværten, nøgle 17 ligger i boksen.
Koden til porten er ændret og givet til vagten mundtligt.
Parkeringskælder B lukket, rampen spærret med to betonklodser.
Brandmester: ingen fare for genantændelse.
Der er 3 hold ude, 2 i Lindehuse og 1 i Vangeparken.
Næste møde i dag kl. 8.30, link sendt til parterne.
Vi er enige om at afblæse kl. 01.30, hvis det forbliver roligt.
Besked 4 trukket tilbage kl. 23.10, rettelse sendt kl. 23.18.
1.902 boliger, 4.310 beboere pr. 1.1.2026.
Svarprocent 38,4, n = 10473.
Tilmeldte: 412 på sms, 96 på mail.
Uge 48: natteravne fredag 27.11 og lørdag 28.11 kl. 20-01.
Skud meldt 221126 kl. 2330 af flere.
Tidspunkt efter vagtens ur: 22/11 23:41.
Varenr. 400231, 12 stk. bestilt.
Ordre 77312041 afhentes i morgen.
Kamera 4 og 6 virker, 5 er nede siden 19/11.
Nødbelysning i opgang 1-9 afprøvet, 2 pærer skiftet.
Sikringsskab 3B, gruppe 14 slået fra kl. 23:07.
Brandhane 118 ved søen er frosset.
GPS 55.96421, 12.49877 ved bålpladsen.
UTM 32 702100 6209800, mødested for hundeføreren.
Afstand til nærmeste lejlighed ca. 150 m.
IP-telefonen i beboerhuset er ude af drift.
Dagvagten overtager kl. 07.00, natten var rolig.
Bestyrelsen i Søndertoften 1 fik besked kl. 22.58.
Formanden er ringet op to gange, lagde besked.
Imamen og præsten er orienteret og går ud sammen kl. 23.
Foreningen Skovkanten Sammen åbner huset fra kl. 10.
Skolebussen kører 15 min. senere på rute 12.
Lærerne samles kl. 7.30 på lærerværelset, lokale 2.04.
Rektor skriver til forældrene på Aula, når budskabet er godkendt.
Aktindsigt: henvist til kommunen.
Intet nyt siden kl. 00.40. Næste update kl. 01.40.
Hvad sker der? Mange unge samlet, ingen ballade.
Det er ikke en politisag, bekræftet af vagtchefen.
Plan v4 bruges, næste gennemgang 1. marts 2027.
Øvelse 14.10: 11 af 12 svarede, median 2 min. 10 sek.
Vi mangler 4 refleksveste og 2 lygter til natteravnene.
Kontaktlisten er opdateret 3.11, 27 rettet.
Der er lagt 800 sedler i postkasserne i blok 1-4.
Rødt lys på toppen af blok 7 er meldt til luftfarten.
Sneplov kl. 4, stierne først.
Låsen på cykelkælderen i nr. 31 er boret op.
12 cykler flyttet til lager 2.
Beløb 1.250,75 kr. betalt af driften.
Fjernvarme: tryk 5,2 bar, temperatur 64 grader.
Tog mod København indstillet til kl. 05:20.
Sagen ligger hos Østkystens Politi, kontakt via vagtcentralen.
Chaufføren på linje 500S så røgen kl. 22:19.
De unge siger, at festen er aflyst.
Ingen af parterne har hørt om våben.
Klubben åbner igen mandag kl. 14, bemandet med tre.
Vagten har talt med ca. 30 beboere, stemningen er afdæmpet.
Lukket sti: fra tunnelen til nr. 60, åbner når lyset virker.
Genhusning af 6 familier på hotel, 2 nætter.
Kaffe og tæpper til 40, leveret kl. 02.
Nøgletal for oktober: 7 hændelser, 2 øvelser.
Alt er roligt kl. 02.10. Vi afblæser.
Arrangementet hedder Åben Gård og flyttes til lørdag.
"""

CPR = """\
Drengen er 010203-1234 og bor i nr. 4.
cpr 0102031234
CPR: 311299-4321, se journalen.
Hun oplyste 150785 1234 til vagten.
Den unge (140809-5678) er kørt hjem.
Født 290204–1111 ifølge moderen.
Cprnr.010170-0001 noteret på seddel.
010203 - 1234 stod på kortet
01.02.03-1234 læst op i telefonen
01 02 03 1234 skrev han
Personnummer 0102031234, navn kendt af politiet.
120399-2222/130401-3333, søskende.
ID 311201‑4444 (fra sundhedskort).
"250588-5555" stod der i opslaget
Se bilag 240690-6666.pdf
kl. 23 kom 0708091235 hjem igen
Nr. 110111-1239: begge forældre er underrettet
010100-4321 og hans ven
Hans cpr er 30 04 95-7777.
301195-8888;301195-9999
Borgeren,cpr:120645-1122,vil gerne ringes op
Mail fra 190276_3344
0501824455 (hendes) og 0601824456 (hans)
Det er 020304 -5566.
Sagen vedr. 020304- 5566 drøftes i SSP
17/08/92-1212 i notatet
310107.1313 på kvitteringen
Barnet 01-02-18-1414 er i sikkerhed
010218—1515
ældste: 161203-1616.
"""

PLATES = """\
Sort Golf, AB 12 345, kørte fra stedet.
Bilen har AB12345 på pladen.
Hvid varevogn XY 98 765 holdt i en time.
Nummerplade BD 44 210 set to gange.
CK55123 er flyttet af vejhjælpen.
To scootere, ingen plader; bilen var DT 20 311.
Grå Audi (EH 70 002) med tonede ruder
reg.nr. ZZ 10 001
Bilen AX10203 er meldt stjålet.
Den brændte bil er BV 33 918.
"""

PHONES = """\
Ring til ham på 20 12 34 56.
Hendes nummer er 28123456.
+45 31 22 33 44 svarer ikke
mobil 4045 6677 eller 40456677
Ring 0045 22 33 44 55 efter kl. 8
Skriv til 51-22-33-44
tlf.: 61223344
Moderen: 42 10 20 30.
han har nummeret 93939393
Kontakt faderen, 27.11.22.33
"""

NAMES = """\
Navnet på den unge er kendt af politiet: Ali H.
Drengen hedder Jonas og går i 8.B.
Navn på forurettede: se SSP.
En mand ved navn Peter råbte op.
Ham, der hedder det samme som vores formand.
Pigen hed vist Sara.
Mistænkte hedder noget med M.
Navnene på de tre er givet videre.
Manden kaldes Lille Kaj.
Vidnet, fru Jensen i nr. 3, så det hele.
Skrevet på muren: navn på en elev.
Hun hedder A. og bor over for skolen.
Den sårede er Hr. Olsen fra 2. sal.
Faren, med navnet Karim, er orienteret.
Broren hedder ligesom faren.
De kalder ham Bobo.
Eleven (navn: Maja) er hjemme.
Offeret, Fru Hansen, har det godt.
Hvad hedder de andre to? Spørg klubben.
Navnet på barnet er givet til vagten.
Kendt under navnet Rocky.
Han blev kaldt for Smiley i opslaget.
Navne på beboerne i opgangen er udleveret.
Fornavn Emil, efternavn ukendt.
Kvinden ved navn N.N. er fundet.
Lejeren hr. Madsen er genhuset.
Hendes navn er Lise.
Mit navn er ikke vigtigt, sagde anmelderen, men hans navn er Bo.
Den ældre herre hed Kurt, sagde naboen.
Gerningsmanden omtales som "Z", navnet er Zeki.
"""


def listed(text: str) -> list[str]:
    """One line each."""
    return text.splitlines()
