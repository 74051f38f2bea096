"""What is said of a problem: whether it stops the flow, and what to do. The codes never change; the sentences may."""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """A sentence for who prepares the flow; a brace takes what the table or the flow says."""

    sentence: str
    blocks: bool = True


class Found(NamedTuple):
    """What a check found: a code of the table below, and what goes into its sentence."""

    code: str
    detail: str = ""


SAID = {
    # The flow (row 0).
    "flow-instant": Said("L'ora del flusso deve essere in UTC. Crea di nuovo il flusso."),
    "flow-id": Said("Il nome del flusso deve essere «{}» più sette cifre. Crea di nuovo il flusso."),
    "body-code": Said("Scrivi il codice dell'ente dato da INPS: una lettera e tre cifre."),
    "body-name": Said("Scrivi il nome dell'ente, al massimo cento caratteri."),
    "body-seat": Said("Scrivi il codice Belfiore del comune della sede: una lettera e tre cifre."),
    "operator-fiscal-code": Said("Scrivi il codice fiscale dell'operatore: quello indicato non torna."),
    "no-record": Said("Il flusso è vuoto: aggiungi un contributo."),
    "one-benefit": Said("INPS prende un solo contributo per flusso. Fai un flusso per ogni contributo."),
    # The person.
    "fiscal-code": Said("Il codice fiscale non torna. Copialo dalla tessera sanitaria, in maiuscolo."),
    "fiscal-code-form": Said("INPS non accetta qui questo codice fiscale con lettere al posto di cifre. Inseriscilo sul suo sito."),
    "fiscal-code-year": Said("Il codice fiscale dice un altro anno di nascita. Controlla i due dati."),
    "fiscal-code-sex": Said("Il codice fiscale dice un altro sesso. Controlla i due dati."),
    "fiscal-code-name": Said("Le lettere del codice fiscale sono di un altro nome. Controlla nome e cognome.", blocks=False),
    "fiscal-code-birthplace": Said("Il codice fiscale dice un altro luogo di nascita. Controlla i due dati.", blocks=False),
    "name": Said("Scrivi nome e cognome: da 1 a 36 caratteri ciascuno."),
    "sex": Said("Scegli il sesso: il codice fiscale non lo dice."),
    "birth-year": Said("Controlla l'anno di nascita: da 1900 all'anno del flusso."),
    "birthplace": Said("Scrivi il codice Belfiore del luogo di nascita: una lettera e tre cifre."),
    "citizenship": Said("Scrivi la cittadinanza con tre cifre: 380 per l'Italia, 990 se non si sa."),
    "residence": Said("Scrivi da uno a cinque indirizzi, con i codici: tre cifre per lo stato."),
    "residence-italian": Said("Per un indirizzo in Italia scrivi regione (due cifre) e comune (sei cifre)."),
    "residence-region": Said("Per la Lombardia il codice della regione dovrebbe essere 10, non quello Istat.", blocks=False),
    # The contribution.
    "benefit-code": Said("Questo codice non è nella tabella di INPS. Scegline uno dall'elenco."),
    "benefit-description": Said("Copia la descrizione dalla tabella di INPS: «{}»."),
    "benefit-short": Said("INPS vuole almeno dieci lettere: questa voce non si può mandare. Scegline un'altra."),
    "application": Said("Scrivi il protocollo della domanda: da 1 a 32 caratteri."),
    "amount": Said("Scrivi un importo maggiore di zero."),
    "months": Said("Scrivi per quanti mesi: da 1 a 12."),
    "area": Said("La persona è seguita dai servizi: scegli per quale area."),
    "paid-on-missing": Said("Scrivi la data del pagamento."),
    "paid-on-extra": Said("Un contributo periodico non ha una data di pagamento: toglila."),
    "starts-on-missing": Said("Scrivi da quale giorno parte il contributo."),
    "period-extra": Said("Un contributo in una sola volta non ha un periodo. Togli date e mesi."),
    "dates-order": Said("Le date non sono in ordine: prima la DSU, poi la decisione, poi il pagamento."),
    "period-order": Said("Il contributo finisce prima di cominciare. Correggi le due date."),
    "period-year": Said("Il periodo passa in un altro anno. Fai un contributo per ogni anno."),
    "date-future": Said("C'è una data che deve ancora venire. Correggila, o aspetta quel giorno."),
    "duplicate": Said("Questo contributo è già nella riga {}. Togli una delle due."),
    # The DSU.
    "isee-protocol": Said("Copia il protocollo della DSU dall'attestazione: comincia con INPS-ISEE."),
    "isee-check-letter": Said("Di solito il protocollo ha otto cifre e una lettera. Ricontrollalo.", blocks=False),
    "isee-year": Said("La DSU non è dell'anno scritto nel protocollo. Controlla la data.", blocks=False),
    "isee-missing": Said("Il contributo dipende dall'ISEE ma manca la DSU. Se c'è, aggiungila.", blocks=False),
    "isee-extra": Said("Il contributo non dipende dall'ISEE: togli la DSU, non serve."),
}
