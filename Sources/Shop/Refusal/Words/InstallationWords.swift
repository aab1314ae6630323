/// What refusals say about the installation, in the order of `Reason`.
extension RefusalWords {
    static let busy = RefusalWords(
        french: .init(
            what: "Le service est trop occupé.",
            why: "Toutes les places sont prises depuis plusieurs secondes.",
            now: "Rien n’a été enregistré\u{A0}: réessayez dans un instant."
        ),
        english: .init(
            what: "The service is too busy.",
            why: "Every place has been taken for several seconds.",
            now: "Nothing was recorded: try again in a moment."
        )
    )

    static let unavailable = RefusalWords(
        french: .init(
            what: "La base de données ne répond pas.",
            why: "Rien n’a été enregistré.",
            now: "Les lignes sont gardées\u{A0}: réessayez dans un instant."
        ),
        english: .init(
            what: "The database does not answer.",
            why: "Nothing was recorded.",
            now: "The lines are kept: try again in a moment."
        )
    )

    static let mailUnavailable = RefusalWords(
        french: .init(
            what: "Cette installation n’envoie pas de courriel.",
            why: "Aucun serveur d’envoi n’est réglé.",
            now: "Imprimez le bon. Qui installe peut régler COMPTOIR_MAIL_URL."
        ),
        english: .init(
            what: "This installation sends no mail.",
            why: "No mail server is set.",
            now: "Print the voucher. Whoever installs may set COMPTOIR_MAIL_URL."
        )
    )

    static let mailUnreachable = RefusalWords(
        french: .init(
            what: "Le courriel n’a pas pu être remis.",
            why: "Le serveur d’envoi ne répond pas, ou s’est interrompu.",
            now: "Réessayez dans une minute. Sinon, imprimez le bon."
        ),
        english: .init(
            what: "The mail could not be handed over.",
            why: "The mail server does not answer, or broke off.",
            now: "Try again in a minute. Otherwise print the voucher."
        )
    )

    static let mailRefused = RefusalWords(
        french: .init(
            what: "Le serveur d’envoi refuse ce courriel (code {code}).",
            why: "L’adresse n’existe pas chez lui, ou notre compte n’y est pas admis.",
            now: "Vérifiez l’adresse. Si elle est juste, imprimez le bon."
        ),
        english: .init(
            what: "The mail server refuses this mail (code {code}).",
            why: "It knows no such address, or does not accept our account.",
            now: "Check the address. If it is right, print the voucher."
        )
    )

    static let mailsTooMany = RefusalWords(
        french: .init(
            what: "Trop d’envois pour ce bon.",
            why: "On ne peut l’envoyer que {most} fois en 24 heures, essais compris.",
            now: "Imprimez-le, ou réessayez demain."
        ),
        english: .init(
            what: "Too many sends of this voucher.",
            why: "It may be sent {most} times in 24 hours, tries included.",
            now: "Print it, or try again tomorrow."
        )
    )

    static let paperUnavailable = RefusalWords(
        french: .init(
            what: "Le PDF n’a pas pu être fait.",
            why: "Le programme qui le dessine, WeasyPrint, manque ou a échoué.",
            now: "Imprimez depuis le navigateur, et prévenez l’espace."
        ),
        english: .init(
            what: "The PDF could not be made.",
            why: "The program that draws it, WeasyPrint, is missing or failed.",
            now: "Print from the browser, and tell the shop."
        )
    )

    static let signingUnavailable = RefusalWords(
        french: .init(
            what: "Les bons ne peuvent pas être signés pour l’instant.",
            why: "La clé de signature de la structure ne s’ouvre pas. Rien n’a été enregistré.",
            now: "Prévenez l’espace, puis réessayez."
        ),
        english: .init(
            what: "Vouchers cannot be signed for now.",
            why: "The structure’s signing key does not open. Nothing was recorded.",
            now: "Tell the shop, then try again."
        )
    )

    static let outcomeUnknown = RefusalWords(
        french: .init(
            what: "On ne sait pas encore si c’est enregistré.",
            why: "La liaison a été coupée au moment de l’enregistrement.",
            now: "Appuyez de nouveau\u{A0}: rien ne peut être vendu deux fois."
        ),
        english: .init(
            what: "It is not known yet whether it was recorded.",
            why: "The connection was cut while recording.",
            now: "Press again: nothing can be sold twice."
        )
    )

    static let notSetUp = RefusalWords(
        french: .init(
            what: "Comptoir n’est pas encore installé.",
            why: "Cette base ne contient aucune association.",
            now: "Lancez comptoir setup, ou comptoir demo pour essayer."
        ),
        english: .init(
            what: "Comptoir is not set up yet.",
            why: "This database holds no association.",
            now: "Run comptoir setup, or comptoir demo to try it."
        )
    )

    static let alreadySetUp = RefusalWords(
        french: .init(
            what: "Cette installation a déjà son association.",
            why: "Une installation sert une seule association.",
            now: "Utilisez un autre dossier (COMPTOIR_DATA) ou un autre schéma."
        ),
        english: .init(
            what: "This installation already has its association.",
            why: "One installation serves one association.",
            now: "Use another folder (COMPTOIR_DATA) or another schema."
        )
    )

    static let demoAndReal = RefusalWords(
        french: .init(
            what: "La démonstration et une vraie association ne partagent pas un dossier.",
            why: "Les chiffres se mélangeraient.",
            now: "Prenez un autre dossier de données (COMPTOIR_DATA)."
        ),
        english: .init(
            what: "A demonstration and a real association never share a folder.",
            why: "Their figures would mix.",
            now: "Use another data folder (COMPTOIR_DATA)."
        )
    )

    static let migrationsPending = RefusalWords(
        french: .init(
            what: "La base de données n’est pas à jour.",
            why:
                "Ce programme attend des tables qu’elle n’a pas encore, ou elle vient "
                + "d’un programme plus récent.",
            now:
                "Lancez «\u{A0}comptoir migrate\u{A0}» avec COMPTOIR_OWNER_URL, puis "
                + "recommencez."
        ),
        english: .init(
            what: "The database is not up to date.",
            why:
                "This program expects tables that it does not have yet, or it belongs "
                + "to a newer program.",
            now: "Run “comptoir migrate” with COMPTOIR_OWNER_URL, then start again."
        )
    )
}
