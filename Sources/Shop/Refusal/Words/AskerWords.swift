/// What refusals say about who asks, in the order of `Reason`.
extension RefusalWords {
    static let signInNeeded = RefusalWords(
        french: .init(
            what: "Connexion nécessaire.",
            why: "Personne n’est connecté, ou la connexion est finie.",
            now: "Connectez-vous\u{A0}: la vente en cours est gardée."
        ),
        english: .init(
            what: "Sign-in needed.",
            why: "Nobody is signed in, or the sign-in has ended.",
            now: "Sign in: the current sale is kept."
        )
    )

    static let signInWrong = RefusalWords(
        french: .init(
            what: "Identifiant ou mot de passe inconnu.",
            why: "Les deux ensemble ne correspondent à aucun compte actif.",
            now: "Réessayez, ou demandez à l’administration."
        ),
        english: .init(
            what: "Unknown login or password.",
            why: "Together they match no active account.",
            now: "Try again, or ask an administrator."
        )
    )

    static let signInTooOften = RefusalWords(
        french: .init(
            what: "Trop d’essais.",
            why: "Plusieurs connexions viennent d’échouer.",
            now: "Attendez {seconds} secondes, puis réessayez."
        ),
        english: .init(
            what: "Too many attempts.",
            why: "Several sign-ins have just failed.",
            now: "Wait {seconds} seconds, then try again."
        )
    )

    static let passwordTooWeak = RefusalWords(
        french: .init(
            what: "Ce mot de passe est trop simple.",
            why: "Il faut au moins {least} caractères, et pas le nom du compte.",
            now: "Prenez une phrase de plusieurs mots."
        ),
        english: .init(
            what: "This password is too simple.",
            why: "It takes at least {least} characters, and not the account’s name.",
            now: "Choose a phrase of several words."
        )
    )

    static let pinUnreadable = RefusalWords(
        french: .init(
            what: "Ce n’est pas un code PIN.",
            why: "Un code PIN a de 4 à 8 chiffres.",
            now: "Tapez ses chiffres seuls."
        ),
        english: .init(
            what: "This is not a PIN.",
            why: "A PIN has 4 to 8 digits.",
            now: "Type its digits alone."
        )
    )

    static let pinTooWeak = RefusalWords(
        french: .init(
            what: "Ce code PIN est trop simple.",
            why:
                "On l’essaierait parmi les premiers\u{A0}: un seul chiffre, ou des "
                + "chiffres qui se suivent.",
            now: "Prenez-en un autre."
        ),
        english: .init(
            what: "This PIN is too simple.",
            why: "It would be tried among the first: one digit throughout, or digits in a row.",
            now: "Choose another one."
        )
    )

    static let badgeUnreadable = RefusalWords(
        french: .init(
            what: "Ce n’est pas un badge.",
            why: "Un badge commence par BG et porte 16 chiffres.",
            now: "Scannez-le de nouveau, ou connectez-vous par mot de passe."
        ),
        english: .init(
            what: "This is not a badge.",
            why: "A badge begins with BG and holds 16 digits.",
            now: "Scan it again, or sign in with the password."
        )
    )

    static let tillNotEnrolled = RefusalWords(
        french: .init(
            what: "Cet appareil n’est pas enregistré à une caisse.",
            why:
                "Le code PIN et le badge ne servent qu’à une caisse déjà choisie sur "
                + "cet appareil.",
            now: "Connectez-vous par mot de passe, puis choisissez la caisse."
        ),
        english: .init(
            what: "This device is not enrolled at a till.",
            why: "A PIN or a badge only serves at a till that was chosen on this device.",
            now: "Sign in with the password, then choose the till."
        )
    )

    static let prescribersOnly = RefusalWords(
        french: .init(
            what: "Réservé aux prescripteurs.",
            why: "Ici une structure partenaire signe ses bons d’orientation.",
            now: "Au comptoir, enregistrez un bon papier depuis «\u{A0}Bons d’orientation\u{A0}»."
        ),
        english: .init(
            what: "For prescribers only.",
            why: "This is where a partner structure signs its vouchers.",
            now: "At the counter, record a paper voucher from “Vouchers”."
        )
    )

    static let roleMissing = RefusalWords(
        french: .init(
            what: "Ce n’est pas ouvert à votre rôle.",
            why: "Il faut être\u{A0}: {roles}.",
            now: "Demandez à une personne qui a ce rôle."
        ),
        english: .init(
            what: "This is not open to your role.",
            why: "It takes: {roles}.",
            now: "Ask someone who has this role."
        )
    )

    static let associationOnly = RefusalWords(
        french: .init(
            what: "Cela engage toute l’association.",
            why: "Vos rôles ne valent que dans certains espaces.",
            now:
                "Choisissez un de vos espaces, ou demandez à l’administration de l’association."
        ),
        english: .init(
            what: "This concerns the whole association.",
            why: "Your roles hold in some shops only.",
            now: "Choose one of your shops, or ask an administrator of the association."
        )
    )

    static let tillLocked = RefusalWords(
        french: .init(
            what: "La caisse est verrouillée.",
            why: "Qui l’a verrouillée est encore connecté\u{A0}: rien ne s’ouvre sans code.",
            now:
                "Déverrouillez-la par badge, par code PIN ou par mot de passe\u{202F}; la vente en cours est gardée."
        ),
        english: .init(
            what: "The till is locked.",
            why: "Whoever locked it is still signed in: nothing opens without a code.",
            now: "Unlock it by badge, PIN or password; the sale under way is kept."
        )
    )

    static let forgeryGuard = RefusalWords(
        french: .init(
            what: "La demande ne vient pas d’un écran de Comptoir.",
            why: "Le jeton de protection manque ou a expiré.",
            now: "Rechargez la page, puis recommencez."
        ),
        english: .init(
            what: "The request does not come from a Comptoir screen.",
            why: "The protection token is missing or has expired.",
            now: "Reload the page, then try again."
        )
    )

    static let offLoopbackDemo = RefusalWords(
        french: .init(
            what: "La démonstration ne s’ouvre que sur cette machine.",
            why: "Ses comptes et mots de passe sont connus de tous.",
            now:
                "Ouvrez-la depuis cette machine, ou installez l’association pour de vrai (comptoir setup)."
        ),
        english: .init(
            what: "The demonstration opens on this machine only.",
            why: "Its accounts and passwords are known to everyone.",
            now: "Open it from this machine, or set up the real association (comptoir setup)."
        )
    )

    static let stationTokenWrong = RefusalWords(
        french: .init(
            what: "Ce banc de test n’est pas reconnu.",
            why: "Le jeton manque, n’est pas celui d’un banc, ou a été révoqué.",
            now: "Ouvrez un banc sur la page Bancs de test du stock, et copiez son jeton."
        ),
        english: .init(
            what: "This test bench is not known.",
            why: "The token is missing, is no bench’s, or was revoked.",
            now: "Open a bench on the stock’s page Test benches, and copy its token."
        )
    )

    static let stationFilesWait = RefusalWords(
        french: .init(
            what: "Ce fichier n’est pas gardé.",
            why: "{most} fichiers de ce banc attendent déjà qu’une personne les confirme.",
            now:
                "Confirmez-les sur la page Fichiers à confirmer du stock, puis renvoyez celui-ci. Si le banc n’a pas envoyé tout cela, révoquez-le."
        ),
        english: .init(
            what: "This file was not kept.",
            why: "{most} files of this bench are waiting for somebody to confirm them.",
            now:
                "Confirm them on the stock’s page Files to confirm, then send this one again. If the bench did not send all that, revoke it."
        )
    )

    static let stationDayFull = RefusalWords(
        french: .init(
            what: "Ce banc n’enregistre plus d’appareil aujourd’hui.",
            why: "Il en a déjà enregistré {most}, ce qu’un banc peut en un jour.",
            now:
                "Renvoyez le fichier demain, ou déposez-le sur la page du stock. Si le banc n’a pas envoyé tout cela, révoquez-le."
        ),
        english: .init(
            what: "This bench takes in no more devices today.",
            why: "It has taken in {most}, as many as a bench may in a day.",
            now:
                "Send the file again tomorrow, or drop it on the stock page. If the bench did not send all that, revoke it."
        )
    )

    static let stationBytesFull = RefusalWords(
        french: .init(
            what: "Ce banc n’envoie plus rien aujourd’hui.",
            why: "Il a déjà envoyé {most}\u{A0}Mo, ce qu’un banc peut en un jour.",
            now:
                "Renvoyez le fichier demain, ou déposez-le sur la page du stock. Si le banc n’a pas envoyé tout cela, révoquez-le."
        ),
        english: .init(
            what: "This bench sends nothing more today.",
            why: "It has sent {most} MB, as much as a bench may in a day.",
            now:
                "Send the file again tomorrow, or drop it on the stock page. If the bench did not send all that, revoke it."
        )
    )

    static let askedTooOften = RefusalWords(
        french: .init(
            what: "Trop de demandes à la fois.",
            why: "Il y en a eu plus de {most} en une minute.",
            now: "Attendez une minute, puis recommencez."
        ),
        english: .init(
            what: "Too many requests at once.",
            why: "There were more than {most} in a minute.",
            now: "Wait a minute, then try again."
        )
    )
}
