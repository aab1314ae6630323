/// What refusals say about closed days, months and years, in the order of `Reason`.
extension RefusalWords {
    static let dayUnclosed = RefusalWords(
        french: .init(
            what: "La caisse {till} est encore celle du {on}.",
            why: "Cette journée est finie\u{A0}: ce qui se vend maintenant n’en est plus.",
            now:
                "Comptez et clôturez la caisse (F4), puis ouvrez celle d’aujourd’hui\u{A0}: les lignes restent."
        ),
        english: .init(
            what: "Till {till} is still that of {on}.",
            why: "That day is over: what is sold now is not part of it.",
            now: "Count and close the drawer (F4), then open today’s: the lines stay."
        )
    )

    static let dayClosed = RefusalWords(
        french: .init(
            what: "La journée du {on} est clôturée à la caisse {till}.",
            why: "Après la clôture d’une journée, plus rien ne s’y vend.",
            now: "Rouvrez la caisse demain, ou vendez à une autre caisse."
        ),
        english: .init(
            what: "The day of {on} is closed at till {till}.",
            why: "After a day’s closing nothing more is sold on it.",
            now: "Open the drawer tomorrow, or sell at another till."
        )
    )

    static let nothingToClose = RefusalWords(
        french: .init(
            what: "Rien à clôturer.",
            why: "Depuis la dernière clôture, cette caisse n’a pas été ouverte.",
            now: "Rien à faire\u{A0}: la prochaine clôture suivra la prochaine ouverture."
        ),
        english: .init(
            what: "Nothing to close.",
            why: "Since the last closing this till was not opened.",
            now: "Nothing to do: the next closing follows the next opening."
        )
    )

    static let closingNeedsDrawer = RefusalWords(
        french: .init(
            what: "La journée du {on} ne peut pas être clôturée.",
            why: "Sa caisse est encore ouverte.",
            now: "Comptez et clôturez la caisse, puis la journée."
        ),
        english: .init(
            what: "The day of {on} cannot be closed.",
            why: "Its drawer is still open.",
            now: "Count and close the drawer, then the day."
        )
    )

    static let closingNeedsDay = RefusalWords(
        french: .init(
            what: "Cette période ne peut pas encore être clôturée.",
            why: "Ce qui s’achève le {on} n’est pas clôturé, et en fait partie.",
            now: "Clôturez d’abord cette journée ou ce mois."
        ),
        english: .init(
            what: "This period cannot be closed yet.",
            why: "What ends on {on} is not closed, and is a part of it.",
            now: "Close that day or month first."
        )
    )

    static let closingTooSoon = RefusalWords(
        french: .init(
            what: "Cette période n’est pas finie.",
            why: "Elle s’achève le {on}.",
            now: "Clôturez-la ensuite\u{202F}; l’ouverture suivante de la caisse le fait aussi."
        ),
        english: .init(
            what: "This period is not over.",
            why: "It ends on {on}.",
            now: "Close it afterwards; the next opening of the drawer does it too."
        )
    )

    static let cashShort = RefusalWords(
        french: .init(
            what: "Il n’y a pas {asked} en espèces dans la caisse.",
            why: "Attendu en caisse\u{A0}: {free}.",
            now: "Vérifiez le montant, ou notez d’abord ce qui a été ajouté."
        ),
        english: .init(
            what: "There is not {asked} in cash in the drawer.",
            why: "Expected in the drawer: {free}.",
            now: "Check the amount, or note first what was put in."
        )
    )

    static let denominationUnknown = RefusalWords(
        french: .init(
            what: "Pièce ou billet illisible\u{A0}: {text}.",
            why: "On compte chaque pièce et billet de l’euro une fois, de 1 centime à 500 euros.",
            now: "Corrigez, par exemple 2000 × 3 pour trois billets de 20\u{A0}€."
        ),
        english: .init(
            what: "Unreadable coin or note: {text}.",
            why: "Each coin and note of the euro is counted once, from 1 cent to 500 euros.",
            now: "Put it right, for instance 2000 × 3 for three €20 notes."
        )
    )

    static let countUneven = RefusalWords(
        french: .init(
            what: "Le détail ne fait pas le total.",
            why: "Pièce par pièce\u{A0}: {counted}. Total saisi\u{A0}: {typed}.",
            now: "Corrigez l’un des deux, ou ne donnez que le détail."
        ),
        english: .init(
            what: "The pieces are not the total.",
            why: "Piece by piece: {counted}. Total typed: {typed}.",
            now: "Put one of the two right, or give the pieces alone."
        )
    )
}
