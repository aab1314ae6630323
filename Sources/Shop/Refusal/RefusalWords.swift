/// What a refusal says: what, why, what now. `{name}` is one of its facts.
struct RefusalWords {
    let what: String
    let why: String
    let now: String
}

extension Reason {
    /// How it reads to a program.
    public var kind: RefusalKind {
        switch self {
        case .inputUnreadable,
            .fieldMissing,
            .signatureNotSeen,
            .fieldTooLong,
            .textForbidden,
            .dayUnreadable,
            .amountUnreadable,
            .amountOutOfRange,
            .quantityOutOfRange,
            .scanGapOutOfRange,
            .scanUnreadable,
            .voucherUnreadable,
            .phoneUnreadable,
            .siretUnreadable,
            .nirForbidden,
            .choiceUnknown,
            .codeUnreadable,
            .postalCodeUnreadable,
            .emailUnreadable,
            .birthYearImpossible,
            .dayInFuture,
            .startsInPast,
            .endBeforeStart,
            .sessionBeforeRun,
            .runOutsideProgramme,
            .structureUnclear,
            .voucherDatesReversed,
            .agreementDatesReversed,
            .searchTooShort,
            .productNotCounted,
            .passwordTooWeak,
            .pinUnreadable,
            .pinTooWeak,
            .badgeUnreadable,
            .ticketEmpty,
            .deviceTwice,
            .voucherPersonMissing,
            .attendanceTooLong,
            .fileEmpty,
            .fileNotText,
            .fileTruncated,
            .fileUnreadable,
            .fileTooDeep,
            .fileTooManyValues,
            .fileOtherFormat,
            .fileUnknownFormat,
            .fileNotAComputer,
            .filePartOfAComputer,
            .fileSeveralComputers,
            .fileVirtualMachine,
            .fileValueOutOfRange:
            .malformed
        case .inputTooLarge,
            .fileTooLarge:
            .tooLarge
        case .signInNeeded,
            .signInWrong,
            .roleMissing,
            .associationOnly,
            .tillLocked,
            .tillNotEnrolled,
            .forgeryGuard,
            .offLoopbackDemo:
            .forbidden
        case .signInTooOften:
            .tooMany
        case .busy,
            .unavailable,
            .outcomeUnknown,
            .notSetUp,
            .migrationsPending:
            .unavailable
        case .alreadySetUp,
            .demoAndReal,
            .keyReused, .tillMissing, .shopUnclear,
            .nameTaken,
            .alreadyEnded,
            .lastAdministrator,
            .personLikelyKnown,
            .agreementOver,
            .changeAlreadyDated,
            .drawerClosed,
            .drawerOpen,
            .drawerDifference,
            .voucherRevoked,
            .voucherLapsed,
            .voucherTooOld,
            .voucherElsewhere,
            .rightMissing,
            .rightLapsed,
            .rightUsedUp,
            .quotaNeverFits,
            .quotaReached,
            .deviceGone,
            .deviceNotOnShelf,
            .deviceElsewhere,
            .deviceReserved,
            .deviceNotInspected,
            .deviceNotErased,
            .devicePriceUnusual,
            .devicePriceAboveCeiling,
            .deviceNotRefunded,
            .deviceRecycled,
            .deviceOnShelf,
            .diskOnShelf,
            .deviceKnown,
            .erasureNotPurge,
            .productNotSold,
            .stockShort,
            .paymentDoesNotAddUp,
            .paymentTooLittle,
            .programmeOver,
            .refundTooMuch,
            .refundCashShort,
            .enrolledTwice,
            .notFinished,
            .finishedAlready,
            .journalBroken,
            .journalSealed,
            .migrationChanged:
            .conflict
        case .unknownThing,
            .voucherUnknown,
            .personUnknown,
            .completionUnknown,
            .fileMissing,
            .deviceUnknown,
            .productUnknown,
            .programmeUnknown,
            .saleUnknown,
            .courseUnknown,
            .sessionUnknown,
            .notEnrolled,
            .runUnknown:
            .unknown
        }
    }

    func words(in language: Language) -> RefusalWords {
        switch language {
        case .french: french
        case .english: english
        }
    }
}

extension Reason {
    private var french: RefusalWords {
        switch self {
        case .inputUnreadable:
            RefusalWords(
                what: "La demande est illisible.",
                why: "{text}",
                now: "Vérifiez ce qui a été envoyé, puis recommencez."
            )
        case .inputTooLarge:
            RefusalWords(
                what: "C’est trop volumineux.",
                why: "La limite est de {most}.",
                now: "Envoyez-le en plusieurs fois, ou un fichier plus petit."
            )
        case .fieldMissing:
            RefusalWords(
                what: "Il manque «\u{A0}{field}\u{A0}».",
                why: "Rien ne peut être enregistré sans lui.",
                now: "Remplissez ce champ, puis validez."
            )
        case .signatureNotSeen:
            RefusalWords(
                what: "Cochez «\u{A0}J’ai vu la signature\u{A0}».",
                why: "Un bon sans signature n’ouvre aucun droit.",
                now: "Vérifiez la signature sur le papier, puis cochez la case."
            )
        case .fieldTooLong:
            RefusalWords(
                what: "«\u{A0}{field}\u{A0}» est trop long.",
                why: "{most} caractères au plus.",
                now: "Raccourcissez-le, puis validez."
            )
        case .textForbidden:
            RefusalWords(
                what: "«\u{A0}{field}\u{A0}» contient un caractère invisible ou interdit.",
                why: "Il rendrait le texte illisible ou trompeur.",
                now: "Retapez-le sans copier-coller."
            )
        case .dayUnreadable:
            RefusalWords(
                what: "«\u{A0}{text}\u{A0}» n’est pas une date.",
                why: "Une date s’écrit 22/11/2026 ou 2026-11-22.",
                now: "Corrigez la date."
            )
        case .amountUnreadable:
            RefusalWords(
                what: "«\u{A0}{text}\u{A0}» n’est pas un montant sûr.",
                why: "Un montant s’écrit 1234,50 ou 1 234,50, avec deux décimales au plus.",
                now: "Retapez le montant."
            )
        case .amountOutOfRange:
            RefusalWords(
                what: "Ce montant n’est pas possible.",
                why: "Un montant va de 0 à {most}.",
                now: "Vérifiez le montant tapé."
            )
        case .quantityOutOfRange:
            RefusalWords(
                what: "Cette quantité n’est pas possible.",
                why: "Elle va de {least} à {most}.",
                now: "Corrigez la quantité."
            )
        case .scanGapOutOfRange:
            RefusalWords(
                what: "Cette pause entre deux caractères n’est pas possible.",
                why:
                    "Elle va de {least} à {most}\u{A0}millisecondes\u{A0}: au-delà, ce que tape une personne passerait pour un code scanné.",
                now:
                    "Entrez un nombre entier dans ces bornes. La feuille d’essai du lecteur dit celui qu’il lui faut."
            )
        case .scanUnreadable:
            RefusalWords(
                what: "Code non reconnu\u{A0}: «\u{A0}{text}\u{A0}».",
                why:
                    "Ce n’est ni un bon, ni une attestation, ni une personne, ni un appareil, ni un ticket.",
                now: "Scannez de nouveau, ou tapez le code (F2)."
            )
        case .voucherUnreadable:
            RefusalWords(
                what: "Ce code de bon est mal lu.",
                why: "Un bon porte 12 chiffres, et le dernier vérifie les autres.",
                now: "Scannez de nouveau, ou retapez les 12 chiffres."
            )
        case .phoneUnreadable:
            RefusalWords(
                what: "Ce numéro de téléphone est illisible.",
                why: "Un numéro s’écrit 06 12 34 56 78 ou +33 6 12 34 56 78.",
                now: "Corrigez-le, ou laissez vide."
            )
        case .siretUnreadable:
            RefusalWords(
                what: "Ce SIRET n’est pas valable.",
                why: "Un SIRET a 14 chiffres, et le dernier vérifie les autres.",
                now: "Recopiez-le depuis un document officiel."
            )
        case .nirForbidden:
            RefusalWords(
                what: "«\u{A0}{field}\u{A0}» contient un numéro de sécurité sociale.",
                why: "Comptoir n’en garde aucun\u{A0}: la loi l’interdit ici.",
                now: "Effacez-le\u{A0}: un nom suffit."
            )
        case .choiceUnknown:
            RefusalWords(
                what:
                    "«\u{A0}{text}\u{A0}» n’est pas un choix possible pour «\u{A0}{field}\u{A0}».",
                why: "Les choix sont\u{A0}: {choices}.",
                now: "Choisissez-en un."
            )
        case .codeUnreadable:
            RefusalWords(
                what: "«\u{A0}{text}\u{A0}» ne peut pas être un code («\u{A0}{field}\u{A0}»).",
                why: "Un code s’écrit en lettres sans accent, chiffres et tirets, sans espace.",
                now: "Corrigez le code, par exemple li-2026-03."
            )
        case .postalCodeUnreadable:
            RefusalWords(
                what: "«\u{A0}{text}\u{A0}» n’est pas un code postal.",
                why: "Un code postal a cinq chiffres.",
                now: "Corrigez-le."
            )
        case .emailUnreadable:
            RefusalWords(
                what: "Cette adresse électronique est illisible.",
                why: "Elle s’écrit nom@domaine.fr, sans espace.",
                now: "Corrigez-la, ou laissez vide."
            )
        case .birthYearImpossible:
            RefusalWords(
                what: "Cette année de naissance n’est pas possible.",
                why: "Elle va de {least} à {most}, en quatre chiffres.",
                now: "Corrigez-la, ou laissez vide."
            )
        case .dayInFuture:
            RefusalWords(
                what: "«\u{A0}{field}\u{A0}»\u{A0}: le {day} n’est pas encore passé.",
                why: "Nous sommes le {today}.",
                now: "Corrigez la date."
            )
        case .startsInPast:
            RefusalWords(
                what: "Le {day} est déjà passé.",
                why: "Ce qui a été décidé depuis ne change plus.",
                now: "Choisissez aujourd’hui ({today}) ou plus tard."
            )
        case .endBeforeStart:
            RefusalWords(
                what: "Les dates sont à l’envers.",
                why: "La fin ({to}) vient avant le début ({from}).",
                now: "Corrigez l’une des deux."
            )
        case .voucherDatesReversed:
            RefusalWords(
                what: "Les dates du bon sont à l’envers.",
                why: "Il serait valable jusqu’au {until}, avant sa signature le {signed}.",
                now: "Relisez les deux dates sur le bon."
            )
        case .searchTooShort:
            RefusalWords(
                what: "La recherche est trop courte.",
                why: "Il faut au moins {least} lettres.",
                now: "Tapez-en davantage."
            )
        case .personLikelyKnown:
            RefusalWords(
                what: "Cette personne a peut-être déjà une fiche.",
                why: "Un nom très proche ou le même téléphone existe\u{A0}: {codes}.",
                now: "Ouvrez la fiche, ou confirmez qu’il s’agit de quelqu’un d’autre."
            )
        case .agreementOver:
            RefusalWords(
                what: "La convention avec cette structure ne couvre pas le {day}.",
                why: "{period}",
                now: "Vérifiez la date de signature, ou renouvelez la convention."
            )
        case .agreementDatesReversed:
            RefusalWords(
                what: "La convention finirait avant de commencer.",
                why: "Son dernier jour serait le {until}.",
                now: "Relisez les deux dates de la convention."
            )
        case .changeAlreadyDated:
            RefusalWords(
                what: "Un changement est déjà inscrit pour le {day}.",
                why:
                    "Un tarif ou un plafond change une fois par jour au plus\u{A0}: chaque "
                    + "ticket dit lequel il applique.",
                now: "Choisissez un autre jour."
            )
        case .productNotCounted:
            RefusalWords(
                what: "«\u{A0}{code}\u{A0}» ne se compte pas.",
                why: "Les appareils entrent un par un, avec leur étiquette.",
                now: "Passez par l’inventaire du matériel."
            )
        case .signInNeeded:
            RefusalWords(
                what: "Connexion nécessaire.",
                why: "Personne n’est connecté, ou la connexion est finie.",
                now: "Connectez-vous\u{A0}: la vente en cours est gardée."
            )
        case .signInWrong:
            RefusalWords(
                what: "Identifiant ou mot de passe inconnu.",
                why: "Les deux ensemble ne correspondent à aucun compte actif.",
                now: "Réessayez, ou demandez à l’administration."
            )
        case .signInTooOften:
            RefusalWords(
                what: "Trop d’essais.",
                why: "Plusieurs connexions viennent d’échouer.",
                now: "Attendez {seconds} secondes, puis réessayez."
            )
        case .passwordTooWeak:
            RefusalWords(
                what: "Ce mot de passe est trop simple.",
                why: "Il faut au moins {least} caractères, et pas le nom du compte.",
                now: "Prenez une phrase de plusieurs mots."
            )
        case .pinUnreadable:
            RefusalWords(
                what: "Ce n’est pas un code PIN.",
                why: "Un code PIN a de 4 à 8 chiffres.",
                now: "Tapez ses chiffres seuls."
            )
        case .pinTooWeak:
            RefusalWords(
                what: "Ce code PIN est trop simple.",
                why:
                    "On l’essaierait parmi les premiers\u{A0}: un seul chiffre, ou des "
                    + "chiffres qui se suivent.",
                now: "Prenez-en un autre."
            )
        case .badgeUnreadable:
            RefusalWords(
                what: "Ce n’est pas un badge.",
                why: "Un badge commence par BG et porte 16 chiffres.",
                now: "Scannez-le de nouveau, ou connectez-vous par mot de passe."
            )
        case .tillNotEnrolled:
            RefusalWords(
                what: "Cet appareil n’est pas enregistré à une caisse.",
                why:
                    "Le code PIN et le badge ne servent qu’à une caisse déjà choisie sur "
                    + "cet appareil.",
                now: "Connectez-vous par mot de passe, puis choisissez la caisse."
            )
        case .roleMissing:
            RefusalWords(
                what: "Ce n’est pas ouvert à votre rôle.",
                why: "Il faut être\u{A0}: {roles}.",
                now: "Demandez à une personne qui a ce rôle."
            )
        case .forgeryGuard:
            RefusalWords(
                what: "La demande ne vient pas d’un écran de Comptoir.",
                why: "Le jeton de protection manque ou a expiré.",
                now: "Rechargez la page, puis recommencez."
            )
        case .offLoopbackDemo:
            RefusalWords(
                what: "La démonstration ne s’ouvre que sur cette machine.",
                why: "Ses comptes et mots de passe sont connus de tous.",
                now:
                    "Ouvrez-la depuis cette machine, ou installez l’association pour de vrai (comptoir setup)."
            )
        case .busy:
            RefusalWords(
                what: "Le service est trop occupé.",
                why: "Toutes les places sont prises depuis plusieurs secondes.",
                now: "Rien n’a été enregistré\u{A0}: réessayez dans un instant."
            )
        case .unavailable:
            RefusalWords(
                what: "La base de données ne répond pas.",
                why: "Rien n’a été enregistré.",
                now: "Les lignes sont gardées\u{A0}: réessayez dans un instant."
            )
        case .outcomeUnknown:
            RefusalWords(
                what: "On ne sait pas encore si c’est enregistré.",
                why: "La liaison a été coupée au moment de l’enregistrement.",
                now: "Appuyez de nouveau\u{A0}: rien ne peut être vendu deux fois."
            )
        case .notSetUp:
            RefusalWords(
                what: "Comptoir n’est pas encore installé.",
                why: "Cette base ne contient aucune association.",
                now: "Lancez comptoir setup, ou comptoir demo pour essayer."
            )
        case .alreadySetUp:
            RefusalWords(
                what: "Cette installation a déjà son association.",
                why: "Une installation sert une seule association.",
                now: "Utilisez un autre dossier (COMPTOIR_DATA) ou un autre schéma."
            )
        case .migrationsPending:
            RefusalWords(
                what: "La base de données n’est pas à jour.",
                why:
                    "Ce programme attend des tables qu’elle n’a pas encore, ou elle vient "
                    + "d’un programme plus récent.",
                now:
                    "Lancez «\u{A0}comptoir migrate\u{A0}» avec COMPTOIR_OWNER_URL, puis "
                    + "recommencez."
            )
        case .demoAndReal:
            RefusalWords(
                what: "La démonstration et une vraie association ne partagent pas un dossier.",
                why: "Les chiffres se mélangeraient.",
                now: "Prenez un autre dossier de données (COMPTOIR_DATA)."
            )
        case .keyReused:
            RefusalWords(
                what: "Cette demande a déjà servi à autre chose.",
                why: "La même clé est arrivée avec un autre contenu, d’une autre personne ou "
                    + "d’une autre caisse\u{202F}; ce qui a été enregistré la première fois l’est toujours.",
                now: "Regardez le dernier ticket de la caisse avant d’en commencer un nouveau."
            )
        case .unknownThing:
            RefusalWords(
                what: "Introuvable\u{A0}: {text}.",
                why: "Rien ne porte ce nom ou ce numéro ici.",
                now: "Vérifiez, ou cherchez dans la liste."
            )
        case .structureUnclear:
            RefusalWords(
                what: "Plusieurs structures contiennent «\u{A0}{text}\u{A0}».",
                why: "Ce sont\u{A0}: {choices}.",
                now: "Choisissez la bonne dans la liste."
            )
        case .nameTaken:
            RefusalWords(
                what: "«\u{A0}{text}\u{A0}» existe déjà.",
                why: "Ce nom ou ce code doit être unique.",
                now: "Prenez-en un autre, ou ouvrez celui qui existe."
            )
        case .lastAdministrator:
            RefusalWords(
                what: "C’est la dernière personne à l’administration.",
                why: "Sans elle, plus personne ne pourrait ouvrir un compte.",
                now: "Donnez d’abord ce rôle, dans tous les espaces, à quelqu’un d’autre."
            )
        case .alreadyEnded:
            RefusalWords(
                what: "C’est déjà terminé.",
                why: "Quelqu’un l’a terminé avant vous.",
                now: "Rechargez la page pour voir l’état actuel."
            )
        case .associationOnly:
            RefusalWords(
                what: "Cela engage toute l’association.",
                why: "Vos rôles ne valent que dans certains espaces.",
                now:
                    "Choisissez un de vos espaces, ou demandez à l’administration de l’association."
            )
        case .tillLocked:
            RefusalWords(
                what: "La caisse est verrouillée.",
                why: "Qui l’a verrouillée est encore connecté\u{A0}: rien ne s’ouvre sans code.",
                now:
                    "Déverrouillez-la par badge, par code PIN ou par mot de passe\u{202F}; la vente en cours est gardée."
            )
        case .shopUnclear:
            RefusalWords(
                what: "Plusieurs espaces sont possibles\u{A0}: {shops}.",
                why: "Vous y avez le même rôle, et ce navigateur n’est à aucune caisse.",
                now: "Choisissez l’espace."
            )
        case .tillMissing:
            RefusalWords(
                what: "Aucune caisse choisie.",
                why: "On vend depuis une caisse.",
                now: "Choisissez la caisse où vous êtes."
            )
        case .drawerClosed:
            RefusalWords(
                what: "La caisse {till} est fermée.",
                why: "On ne vend que caisse ouverte, avec un fonds compté.",
                now: "Ouvrez la caisse (F4), puis validez de nouveau."
            )
        case .drawerOpen:
            RefusalWords(
                what: "La caisse {till} est déjà ouverte.",
                why: "Une caisse ne s’ouvre qu’une fois.",
                now: "Continuez à vendre, ou clôturez-la d’abord."
            )
        case .drawerDifference:
            RefusalWords(
                what: "Le compte ne tombe pas juste.",
                why: "Attendu\u{A0}: {expected}. Compté\u{A0}: {counted}.",
                now: "Recomptez, ou donnez la raison de l’écart."
            )
        case .ticketEmpty:
            RefusalWords(
                what: "Le ticket est vide.",
                why: "Il faut au moins une ligne.",
                now: "Scannez un appareil ou choisissez une recharge."
            )
        case .deviceTwice:
            RefusalWords(
                what: "L’appareil {label} est deux fois sur le ticket.",
                why: "Un appareil ne se vend qu’une fois.",
                now: "Retirez une des deux lignes."
            )
        case .voucherUnknown:
            RefusalWords(
                what: "Bon inconnu\u{A0}: {code}.",
                why: "Aucun bon de ce numéro n’a été enregistré.",
                now: "Enregistrez le bon papier, ou vérifiez les chiffres."
            )
        case .voucherRevoked:
            RefusalWords(
                what: "Bon annulé le {on}.",
                why: "La structure ou l’espace l’a retiré.",
                now: "Demandez un nouveau bon au prescripteur."
            )
        case .voucherLapsed:
            RefusalWords(
                what: "Bon expiré le {until}.",
                why: "Sa validité est passée.",
                now: "Demandez un nouveau bon au prescripteur."
            )
        case .voucherTooOld:
            RefusalWords(
                what: "Bon signé le {signed}, présenté trop tard.",
                why: "Un bon papier se présente dans les {months} mois de sa signature.",
                now: "Demandez un nouveau bon au prescripteur."
            )
        case .voucherElsewhere:
            RefusalWords(
                what: "Ce bon vaut pour l’espace {shop}.",
                why: "La structure l’a réservé à cet espace.",
                now: "Orientez la personne vers cet espace."
            )
        case .voucherPersonMissing:
            RefusalWords(
                what: "Ce bon nomme plusieurs personnes.",
                why: "Il faut savoir qui achète.",
                now: "Choisissez la personne dans la liste."
            )
        case .personUnknown:
            RefusalWords(
                what: "Personne introuvable.",
                why: "Aucune fiche ne correspond, ou elle n’est pas sur ce bon.",
                now: "Cherchez par le nom, ou créez la fiche."
            )
        case .completionUnknown:
            RefusalWords(
                what: "Attestation inconnue\u{A0}: {code}.",
                why: "Aucun parcours achevé ne porte ce numéro.",
                now: "Vérifiez les chiffres, ou cherchez la personne."
            )
        case .rightMissing:
            RefusalWords(
                what: "Pas de droit pour\u{A0}: {what}.",
                why: "Ni bon ni parcours achevé n’ouvre ce droit aujourd’hui.",
                now: "Scannez un bon ou une attestation, ou retirez la ligne."
            )
        case .rightLapsed:
            RefusalWords(
                what: "Droit fini le {until}.",
                why: "Il valait jusqu’à ce jour.",
                now: "Demandez un nouveau bon au prescripteur."
            )
        case .rightUsedUp:
            RefusalWords(
                what: "Ce droit a déjà servi.",
                why: "Ticket {receipt} du {on}.",
                now: "{advice}"
            )
        case .quotaNeverFits:
            RefusalWords(
                what: "C’est plus que le plafond\u{A0}: {rule}.",
                why: "Demandé\u{A0}: {asked}. Plafond\u{A0}: {limit}.",
                now: "Prenez-en moins."
            )
        case .quotaReached:
            RefusalWords(
                what: "Plafond atteint\u{A0}: {rule}.",
                why: "Déjà {used} sur {limit}, dont le ticket {receipt} du {on}.",
                now: "{advice}"
            )
        case .deviceUnknown:
            RefusalWords(
                what: "Appareil inconnu\u{A0}: {label}.",
                why: "Aucune étiquette de ce numéro.",
                now: "Vérifiez l’étiquette, ou entrez l’appareil au stock."
            )
        case .deviceGone:
            RefusalWords(
                what: "L’appareil {label} est déjà parti.",
                why: "Ticket {receipt}, {on}, par {operator}.",
                now: "Posez-le de côté et prenez-en un autre."
            )
        case .deviceNotOnShelf:
            RefusalWords(
                what: "L’appareil {label} n’est pas en rayon.",
                why: "Il n’est pas prêt à être vendu.",
                now: "Voyez avec le stock\u{A0}: contrôle, effacement, mise en rayon."
            )
        case .deviceElsewhere:
            RefusalWords(
                what: "L’appareil {label} est en rayon à {shop}.",
                why: "On ne vend que ce qui est ici.",
                now: "Faites-le transférer, ou prenez-en un autre."
            )
        case .deviceReserved:
            RefusalWords(
                what: "L’appareil {label} est réservé.",
                why: "Gardé pour quelqu’un d’autre jusqu’au {until}.",
                now: "Prenez-en un autre, ou voyez avec un responsable."
            )
        case .deviceNotInspected:
            RefusalWords(
                what: "L’appareil {label} n’est pas contrôlé.",
                why: "Sans contrôle réussi, la loi interdit de le dire reconditionné.",
                now: "Passez la liste de contrôle, puis mettez-le en rayon."
            )
        case .deviceNotErased:
            RefusalWords(
                what: "Le disque de l’appareil {label} n’est pas effacé.",
                why: "Les données de l’ancien propriétaire y sont peut-être encore.",
                now: "Effacez-le et enregistrez l’effacement, puis mettez-le en rayon."
            )
        case .devicePriceUnusual:
            RefusalWords(
                what: "{price} est un prix inhabituel pour {label}.",
                why: "D’habitude, entre {least} et {most} pour ce type d’appareil.",
                now:
                    "Corrigez le prix, ou cochez «\u{A0}C’est bien le prix\u{A0}» pour le confirmer."
            )
        case .devicePriceAboveCeiling:
            RefusalWords(
                what: "Le prix de {label} dépasse le plafond légal.",
                why:
                    "Un organisme public l’a donné\u{A0}: {most} au plus (décret du 7 novembre 2022).",
                now: "Baissez le prix."
            )
        case .deviceNotRefunded:
            RefusalWords(
                what: "L’appareil {label} appartient à la personne qui l’a eu.",
                why: "Aucun remboursement ni retour n’est enregistré.",
                now: "Enregistrez d’abord le retour depuis le ticket."
            )
        case .deviceRecycled:
            RefusalWords(
                what: "L’appareil {label} est recyclé ou perdu.",
                why: "Il est sorti du stock pour de bon.",
                now: "Voyez sa fiche avec le responsable du stock."
            )
        case .deviceOnShelf:
            RefusalWords(
                what: "L’appareil {label} est déjà en rayon.",
                why: "Il n’y est qu’une fois.",
                now: "Rien à faire de plus."
            )
        case .diskOnShelf:
            RefusalWords(
                what: "L’appareil {label} est en rayon.",
                why: "Ce qui a été effacé est ce qui se vend\u{A0}: ses disques n’y changent pas.",
                now: "Sortez-le du rayon, changez le disque, puis effacez-le."
            )
        case .deviceKnown:
            RefusalWords(
                what: "Cet appareil est déjà connu.",
                why: "Même fabricant, même modèle, même numéro de série.",
                now: "Ouvrez sa fiche au lieu d’en créer une autre."
            )
        case .erasureNotPurge:
            RefusalWords(
                what: "Un SSD réécrit n’est pas «\u{A0}purgé\u{A0}».",
                why: "Une réécriture laisse lisibles les cellules de réserve.",
                now: "Notez le niveau «\u{A0}clear\u{A0}», ou effacez par la commande du disque."
            )
        case .productUnknown:
            RefusalWords(
                what: "Article inconnu\u{A0}: {code}.",
                why: "Il n’est pas au tarif.",
                now: "Choisissez-le dans la liste."
            )
        case .productNotSold:
            RefusalWords(
                what: "L’article {code} n’est pas en vente aujourd’hui.",
                why: "Aucun prix n’est en vigueur à cette date.",
                now: "Choisissez-en un autre, ou faites fixer son prix."
            )
        case .stockShort:
            RefusalWords(
                what: "Il n’y a pas assez de {code} ici.",
                why: "Demandé\u{A0}: {asked}. Disponible\u{A0}: {free}.",
                now: "Réduisez la quantité, ou faites réapprovisionner."
            )
        case .paymentDoesNotAddUp:
            RefusalWords(
                what: "Le paiement ne correspond pas au total.",
                why: "Total\u{A0}: {total}. Payé\u{A0}: {paid}.",
                now: "Corrigez les montants."
            )
        case .paymentTooLittle:
            RefusalWords(
                what: "Il manque {missing}.",
                why: "Total\u{A0}: {total}. Reçu\u{A0}: {paid}.",
                now: "Demandez le complément."
            )
        case .programmeUnknown:
            RefusalWords(
                what: "Programme inconnu\u{A0}: {code}.",
                why: "Aucun programme ne porte ce code.",
                now: "Choisissez-le dans la liste."
            )
        case .programmeOver:
            RefusalWords(
                what: "Le programme {code} ne paie pas aujourd’hui.",
                why: "Il va du {from} au {to}.",
                now: "Choisissez un programme en cours, ou vendez."
            )
        case .saleUnknown:
            RefusalWords(
                what: "Ticket introuvable\u{A0}: {receipt}.",
                why: "Aucun ticket de ce numéro.",
                now: "Scannez le ticket, ou cherchez la personne."
            )
        case .refundTooMuch:
            RefusalWords(
                what: "C’est déjà remboursé.",
                why: "Il ne reste rien à rembourser de cette ligne.",
                now: "Ouvrez le ticket pour voir ses remboursements."
            )
        case .refundCashShort:
            RefusalWords(
                what: "Il n’y a pas assez d’espèces en caisse.",
                why: "Attendu en caisse\u{A0}: {free}. À rendre\u{A0}: {asked}.",
                now: "Rendez par un autre moyen."
            )
        case .courseUnknown:
            RefusalWords(
                what: "Modèle de parcours inconnu\u{A0}: {code}.",
                why: "Aucun modèle ne porte ce code.",
                now: "Choisissez-le dans la liste."
            )
        case .runUnknown:
            RefusalWords(
                what: "Parcours inconnu\u{A0}: {code}.",
                why: "Aucun parcours ne porte ce code.",
                now: "Choisissez-le dans la liste."
            )
        case .sessionUnknown:
            RefusalWords(
                what: "Séance introuvable.",
                why: "Ce parcours n’a pas cette séance.",
                now: "Rouvrez la page du parcours."
            )
        case .runOutsideProgramme:
            RefusalWords(
                what: "Le programme «\u{A0}{name}\u{A0}» n’est pas ouvert le {day}.",
                why: "Il va du {from} au {to}\u{A0}: le parcours n’y compterait pas.",
                now: "Choisissez un programme ouvert ce jour-là, ou corrigez la date de début."
            )
        case .sessionBeforeRun:
            RefusalWords(
                what: "Cette date est avant le début du parcours.",
                why: "Le parcours a commencé le {from}.",
                now: "Corrigez la date."
            )
        case .enrolledTwice:
            RefusalWords(
                what: "Cette personne est déjà inscrite.",
                why: "On ne s’inscrit qu’une fois à un parcours.",
                now: "Rien à faire de plus."
            )
        case .notEnrolled:
            RefusalWords(
                what: "Cette personne n’est pas inscrite à ce parcours.",
                why: "On note la présence des inscrits seulement.",
                now: "Inscrivez-la d’abord."
            )
        case .attendanceTooLong:
            RefusalWords(
                what: "La présence dépasse la séance.",
                why: "La séance a duré {most}.",
                now: "Corrigez les minutes."
            )
        case .notFinished:
            RefusalWords(
                what: "Le parcours n’est pas achevé.",
                why: "{explained}",
                now: "Prévoyez une séance de rattrapage, ou décidez avec un motif."
            )
        case .finishedAlready:
            RefusalWords(
                what: "Le parcours est déjà achevé.",
                why: "L’attestation {code} existe.",
                now: "Réimprimez-la."
            )
        case .fileMissing:
            RefusalWords(
                what: "{file}\u{A0}: fichier introuvable.",
                why: "Il n’existe pas, ou il n’est pas lisible d’ici.",
                now: "Vérifiez le chemin, puis recommencez."
            )
        case .fileEmpty:
            RefusalWords(
                what: "{file}\u{A0}: fichier vide.",
                why: "Il ne contient rien.",
                now:
                    "Refaites la fiche sur l’appareil, puis importez-la\u{A0}: dans un terminal, «\u{A0}sudo lshw -json > fiche.json\u{A0}»."
            )
        case .fileTooLarge:
            RefusalWords(
                what: "{file}\u{A0}: fichier trop volumineux.",
                why: "{size}\u{A0}Mo\u{202F}; la limite est de {most}\u{A0}Mo.",
                now:
                    "Vérifiez que c’est le bon fichier\u{A0}: un inventaire fait moins de 2\u{A0}Mo."
            )
        case .fileNotText:
            RefusalWords(
                what: "{file}\u{A0}: ce n’est pas du texte.",
                why: "C’est une image, une archive, un PDF ou un autre fichier binaire.",
                now:
                    "Refaites la fiche sur l’appareil, puis importez-la\u{A0}: dans un terminal, «\u{A0}sudo lshw -json > fiche.json\u{A0}»."
            )
        case .fileTruncated:
            RefusalWords(
                what: "{file}\u{A0}: fichier coupé.",
                why: "Il s’arrête au milieu, à la ligne {line}\u{A0}: la copie est incomplète.",
                now: "Copiez-le encore, ou refaites l’inventaire."
            )
        case .fileUnreadable:
            RefusalWords(
                what: "{file}\u{A0}: fichier illisible.",
                why:
                    "Il est abîmé, ou ce n’est pas une fiche d’inventaire\u{A0}: la lecture s’arrête à la ligne {line}, caractère {column}.",
                now:
                    "Refaites la fiche sur l’appareil, puis importez-la\u{A0}: dans un terminal, «\u{A0}sudo lshw -json > fiche.json\u{A0}»."
            )
        case .fileTooDeep:
            RefusalWords(
                what: "{file}\u{A0}: structure trop profonde.",
                why: "{most} niveaux au plus\u{202F}; un inventaire en a moins de vingt.",
                now:
                    "Vérifiez que c’est le bon fichier\u{A0}: un inventaire fait moins de 2\u{A0}Mo."
            )
        case .fileTooManyValues:
            RefusalWords(
                what: "{file}\u{A0}: trop de valeurs.",
                why: "{most} au plus\u{202F}; un inventaire en a dix fois moins.",
                now:
                    "Vérifiez que c’est le bon fichier\u{A0}: un inventaire fait moins de 2\u{A0}Mo."
            )
        case .fileOtherFormat:
            RefusalWords(
                what: "{file}\u{A0}: ce format n’est pas lu.",
                why:
                    "Il vient d’un outil d’inventaire que le stock ne lit pas\u{A0}: {format}.",
                now:
                    "Refaites la fiche sur l’appareil, puis importez-la\u{A0}: dans un terminal, «\u{A0}sudo lshw -json > fiche.json\u{A0}»."
            )
        case .fileUnknownFormat:
            RefusalWords(
                what: "{file}\u{A0}: format inconnu.",
                why: "Ce n’est aucune des fiches d’inventaire que le stock sait lire.",
                now:
                    "Refaites la fiche sur l’appareil, puis importez-la\u{A0}: dans un terminal, «\u{A0}sudo lshw -json > fiche.json\u{A0}»."
            )
        case .fileNotAComputer:
            RefusalWords(
                what: "{file}\u{A0}: ce n’est pas un ordinateur.",
                why: "D’après la fiche, c’est autre chose\u{A0}: «\u{A0}{value}\u{A0}».",
                now: "Saisissez l’appareil à la main depuis la page du stock."
            )
        case .filePartOfAComputer:
            RefusalWords(
                what: "{file}\u{A0}: une partie d’ordinateur seulement.",
                why: "La fiche ne décrit qu’une pièce, ou il y manque l’essentiel de l’appareil.",
                now:
                    "Refaites la fiche sur l’appareil, puis importez-la\u{A0}: dans un terminal, «\u{A0}sudo lshw -json > fiche.json\u{A0}»."
            )
        case .fileSeveralComputers:
            RefusalWords(
                what: "{file}\u{A0}: plusieurs ordinateurs.",
                why: "Il en décrit {count}\u{202F}; un fichier en décrit un.",
                now: "Importez un fichier par appareil."
            )
        case .fileVirtualMachine:
            RefusalWords(
                what: "{file}\u{A0}: c’est une machine virtuelle.",
                why: "Elle n’existe que dans un autre ordinateur\u{A0}: elle ne se vend pas.",
                now: "Laissez-la de côté\u{202F}; si la fiche se trompe, cochez sa ligne."
            )
        case .fileValueOutOfRange:
            RefusalWords(
                what: "{file}\u{A0}: un nom trop long.",
                why:
                    "Il commence par «\u{A0}{value}…\u{A0}» et compte {length} caractères\u{202F}; {most} au plus.",
                now:
                    "Saisissez l’appareil à la main, ou faites corriger «\u{A0}{field}\u{A0}» dans le fichier."
            )
        case .journalBroken:
            RefusalWords(
                what: "Le journal ne se vérifie pas.",
                why: "{text}",
                now: "Arrêtez de vendre sur cette caisse et prévenez l’administration."
            )
        case .journalSealed:
            RefusalWords(
                what: "Ce qui est scellé ne se modifie pas.",
                why: "Une correction est une nouvelle écriture.",
                now: "Faites un remboursement ou une nouvelle saisie."
            )
        case .migrationChanged:
            RefusalWords(
                what: "Un fichier de migration a changé\u{A0}: {file}.",
                why: "Il a déjà été appliqué sous une autre forme.",
                now:
                    "Rétablissez le fichier d’origine\u{202F}; un changement est un nouveau fichier."
            )
        }
    }
}

extension Reason {
    private var english: RefusalWords {
        switch self {
        case .inputUnreadable:
            RefusalWords(
                what: "The request cannot be read.",
                why: "{text}",
                now: "Check what was sent, then try again."
            )
        case .inputTooLarge:
            RefusalWords(
                what: "This is too large.",
                why: "The limit is {most}.",
                now: "Send it in several parts, or a smaller file."
            )
        case .fieldMissing:
            RefusalWords(
                what: "“{field}” is missing.",
                why: "Nothing can be recorded without it.",
                now: "Fill in this field, then confirm."
            )
        case .signatureNotSeen:
            RefusalWords(
                what: "Tick “I saw the signature”.",
                why: "A voucher without a signature opens no right.",
                now: "Check the signature on the paper, then tick the box."
            )
        case .fieldTooLong:
            RefusalWords(
                what: "“{field}” is too long.",
                why: "{most} characters at most.",
                now: "Shorten it, then confirm."
            )
        case .textForbidden:
            RefusalWords(
                what: "“{field}” holds an invisible or forbidden character.",
                why: "It would make the text unreadable or misleading.",
                now: "Type it again without pasting."
            )
        case .dayUnreadable:
            RefusalWords(
                what: "“{text}” is not a date.",
                why: "A date is written 22/11/2026 or 2026-11-22.",
                now: "Correct the date."
            )
        case .amountUnreadable:
            RefusalWords(
                what: "“{text}” is not a clear amount.",
                why: "An amount is written 1234.50, with two decimals at most.",
                now: "Type the amount again."
            )
        case .amountOutOfRange:
            RefusalWords(
                what: "This amount is not possible.",
                why: "An amount goes from 0 to {most}.",
                now: "Check the amount typed."
            )
        case .quantityOutOfRange:
            RefusalWords(
                what: "This quantity is not possible.",
                why: "It goes from {least} to {most}.",
                now: "Correct the quantity."
            )
        case .scanGapOutOfRange:
            RefusalWords(
                what: "This pause between two characters is not possible.",
                why:
                    "It goes from {least} to {most} milliseconds: beyond, what a person types would be taken for a scan.",
                now:
                    "Enter a whole number within these limits. The scanner’s test sheet says which one it needs."
            )
        case .scanUnreadable:
            RefusalWords(
                what: "Code not recognised: “{text}”.",
                why: "It is neither a voucher, an attestation, a person, a device nor a receipt.",
                now: "Scan again, or type the code (F2)."
            )
        case .voucherUnreadable:
            RefusalWords(
                what: "This voucher code was misread.",
                why: "A voucher bears 12 digits, and the last one checks the others.",
                now: "Scan again, or type the 12 digits again."
            )
        case .phoneUnreadable:
            RefusalWords(
                what: "This phone number cannot be read.",
                why: "A number is written 06 12 34 56 78 or +33 6 12 34 56 78.",
                now: "Correct it, or leave it empty."
            )
        case .siretUnreadable:
            RefusalWords(
                what: "This SIRET is not valid.",
                why: "A SIRET has 14 digits, and the last one checks the others.",
                now: "Copy it from an official document."
            )
        case .nirForbidden:
            RefusalWords(
                what: "“{field}” holds a social-security number.",
                why: "Comptoir keeps none: the law forbids it here.",
                now: "Remove it: a name is enough."
            )
        case .choiceUnknown:
            RefusalWords(
                what: "“{text}” is not a choice for “{field}”.",
                why: "The choices are: {choices}.",
                now: "Choose one of them."
            )
        case .codeUnreadable:
            RefusalWords(
                what: "“{text}” cannot be a code (“{field}”).",
                why: "A code is written in plain letters, digits and hyphens, without a space.",
                now: "Correct the code, for instance li-2026-03."
            )
        case .postalCodeUnreadable:
            RefusalWords(
                what: "“{text}” is not a postal code.",
                why: "A French postal code has five digits.",
                now: "Correct it."
            )
        case .emailUnreadable:
            RefusalWords(
                what: "This email address is unreadable.",
                why: "It is written name@domain.fr, without spaces.",
                now: "Correct it, or leave it empty."
            )
        case .birthYearImpossible:
            RefusalWords(
                what: "This year of birth is not possible.",
                why: "It goes from {least} to {most}, in four digits.",
                now: "Correct it, or leave it empty."
            )
        case .dayInFuture:
            RefusalWords(
                what: "“{field}”: {day} has not come yet.",
                why: "Today is {today}.",
                now: "Correct the date."
            )
        case .startsInPast:
            RefusalWords(
                what: "{day} has passed already.",
                why: "What was decided since no longer changes.",
                now: "Choose today ({today}) or later."
            )
        case .endBeforeStart:
            RefusalWords(
                what: "The dates are the wrong way round.",
                why: "The end ({to}) comes before the start ({from}).",
                now: "Correct one of them."
            )
        case .voucherDatesReversed:
            RefusalWords(
                what: "The voucher’s dates are the wrong way round.",
                why: "It would hold until {until}, before its signature on {signed}.",
                now: "Read both dates on the voucher again."
            )
        case .searchTooShort:
            RefusalWords(
                what: "The search is too short.",
                why: "At least {least} letters are needed.",
                now: "Type a few more."
            )
        case .personLikelyKnown:
            RefusalWords(
                what: "This person may already have a file.",
                why: "A very close name or the same phone exists: {codes}.",
                now: "Open the file, or confirm that this is somebody else."
            )
        case .agreementOver:
            RefusalWords(
                what: "The agreement with this structure does not cover {day}.",
                why: "{period}",
                now: "Check the date of signature, or renew the agreement."
            )
        case .agreementDatesReversed:
            RefusalWords(
                what: "The agreement would end before it starts.",
                why: "Its last day would be {until}.",
                now: "Read both dates of the agreement again."
            )
        case .changeAlreadyDated:
            RefusalWords(
                what: "A change is already written down for {day}.",
                why:
                    "A price or a limit changes once a day at most: each ticket says which "
                    + "one it applies.",
                now: "Choose another day."
            )
        case .productNotCounted:
            RefusalWords(
                what: "“{code}” is not counted.",
                why: "Devices come in one by one, each with its label.",
                now: "Use the hardware import."
            )
        case .signInNeeded:
            RefusalWords(
                what: "Sign-in needed.",
                why: "Nobody is signed in, or the sign-in has ended.",
                now: "Sign in: the current sale is kept."
            )
        case .signInWrong:
            RefusalWords(
                what: "Unknown login or password.",
                why: "Together they match no active account.",
                now: "Try again, or ask an administrator."
            )
        case .signInTooOften:
            RefusalWords(
                what: "Too many attempts.",
                why: "Several sign-ins have just failed.",
                now: "Wait {seconds} seconds, then try again."
            )
        case .passwordTooWeak:
            RefusalWords(
                what: "This password is too simple.",
                why: "It takes at least {least} characters, and not the account’s name.",
                now: "Choose a phrase of several words."
            )
        case .pinUnreadable:
            RefusalWords(
                what: "This is not a PIN.",
                why: "A PIN has 4 to 8 digits.",
                now: "Type its digits alone."
            )
        case .pinTooWeak:
            RefusalWords(
                what: "This PIN is too simple.",
                why: "It would be tried among the first: one digit throughout, or digits in a row.",
                now: "Choose another one."
            )
        case .badgeUnreadable:
            RefusalWords(
                what: "This is not a badge.",
                why: "A badge begins with BG and holds 16 digits.",
                now: "Scan it again, or sign in with the password."
            )
        case .tillNotEnrolled:
            RefusalWords(
                what: "This device is not enrolled at a till.",
                why: "A PIN or a badge only serves at a till that was chosen on this device.",
                now: "Sign in with the password, then choose the till."
            )
        case .roleMissing:
            RefusalWords(
                what: "This is not open to your role.",
                why: "It takes: {roles}.",
                now: "Ask someone who has this role."
            )
        case .forgeryGuard:
            RefusalWords(
                what: "The request does not come from a Comptoir screen.",
                why: "The protection token is missing or has expired.",
                now: "Reload the page, then try again."
            )
        case .offLoopbackDemo:
            RefusalWords(
                what: "The demonstration opens on this machine only.",
                why: "Its accounts and passwords are known to everyone.",
                now: "Open it from this machine, or set up the real association (comptoir setup)."
            )
        case .busy:
            RefusalWords(
                what: "The service is too busy.",
                why: "Every place has been taken for several seconds.",
                now: "Nothing was recorded: try again in a moment."
            )
        case .unavailable:
            RefusalWords(
                what: "The database does not answer.",
                why: "Nothing was recorded.",
                now: "The lines are kept: try again in a moment."
            )
        case .outcomeUnknown:
            RefusalWords(
                what: "It is not known yet whether it was recorded.",
                why: "The connection was cut while recording.",
                now: "Press again: nothing can be sold twice."
            )
        case .notSetUp:
            RefusalWords(
                what: "Comptoir is not set up yet.",
                why: "This database holds no association.",
                now: "Run comptoir setup, or comptoir demo to try it."
            )
        case .alreadySetUp:
            RefusalWords(
                what: "This installation already has its association.",
                why: "One installation serves one association.",
                now: "Use another folder (COMPTOIR_DATA) or another schema."
            )
        case .migrationsPending:
            RefusalWords(
                what: "The database is not up to date.",
                why:
                    "This program expects tables that it does not have yet, or it belongs "
                    + "to a newer program.",
                now: "Run “comptoir migrate” with COMPTOIR_OWNER_URL, then start again."
            )
        case .demoAndReal:
            RefusalWords(
                what: "A demonstration and a real association never share a folder.",
                why: "Their figures would mix.",
                now: "Use another data folder (COMPTOIR_DATA)."
            )
        case .keyReused:
            RefusalWords(
                what: "This request was already used for something else.",
                why: "The same key came with another content, from another person or another till; "
                    + "what was recorded the first time still is.",
                now: "Look at the till’s last receipt before starting a new ticket."
            )
        case .unknownThing:
            RefusalWords(
                what: "Not found: {text}.",
                why: "Nothing bears this name or number here.",
                now: "Check it, or search the list."
            )
        case .structureUnclear:
            RefusalWords(
                what: "Several structures contain “{text}”.",
                why: "They are: {choices}.",
                now: "Choose the right one in the list."
            )
        case .nameTaken:
            RefusalWords(
                what: "“{text}” already exists.",
                why: "This name or code must be unique.",
                now: "Choose another one, or open the existing one."
            )
        case .lastAdministrator:
            RefusalWords(
                what: "This is the last administrator.",
                why: "Without one, nobody could let anyone in.",
                now: "First give this role, in every shop, to someone else."
            )
        case .alreadyEnded:
            RefusalWords(
                what: "This has already ended.",
                why: "Someone ended it before you.",
                now: "Reload the page to see how it stands."
            )
        case .associationOnly:
            RefusalWords(
                what: "This concerns the whole association.",
                why: "Your roles hold in some shops only.",
                now: "Choose one of your shops, or ask an administrator of the association."
            )
        case .tillLocked:
            RefusalWords(
                what: "The till is locked.",
                why: "Whoever locked it is still signed in: nothing opens without a code.",
                now: "Unlock it by badge, PIN or password; the sale under way is kept."
            )
        case .shopUnclear:
            RefusalWords(
                what: "It could be one of several shops: {shops}.",
                why: "You have the same role there, and this browser stands at no till.",
                now: "Choose the shop."
            )
        case .tillMissing:
            RefusalWords(
                what: "No till chosen.",
                why: "Selling takes a till.",
                now: "Choose the till where you are."
            )
        case .drawerClosed:
            RefusalWords(
                what: "Till {till} is closed.",
                why: "Selling takes an open drawer with a counted float.",
                now: "Open the drawer (F4), then confirm again."
            )
        case .drawerOpen:
            RefusalWords(
                what: "Till {till} is already open.",
                why: "A drawer opens only once.",
                now: "Go on selling, or close it first."
            )
        case .drawerDifference:
            RefusalWords(
                what: "The count does not match.",
                why: "Expected: {expected}. Counted: {counted}.",
                now: "Count again, or give the reason of the difference."
            )
        case .ticketEmpty:
            RefusalWords(
                what: "The ticket is empty.",
                why: "It takes at least one line.",
                now: "Scan a device or pick a recharge."
            )
        case .deviceTwice:
            RefusalWords(
                what: "Device {label} is on the ticket twice.",
                why: "A device is sold only once.",
                now: "Remove one of the two lines."
            )
        case .voucherUnknown:
            RefusalWords(
                what: "Unknown voucher: {code}.",
                why: "No voucher of this number was recorded.",
                now: "Record the paper voucher, or check the digits."
            )
        case .voucherRevoked:
            RefusalWords(
                what: "Voucher revoked on {on}.",
                why: "The structure or the shop took it back.",
                now: "Ask the prescriber for a new voucher."
            )
        case .voucherLapsed:
            RefusalWords(
                what: "Voucher expired on {until}.",
                why: "Its validity is over.",
                now: "Ask the prescriber for a new voucher."
            )
        case .voucherTooOld:
            RefusalWords(
                what: "Voucher signed on {signed}, presented too late.",
                why: "A paper voucher is presented within {months} months of its signature.",
                now: "Ask the prescriber for a new voucher."
            )
        case .voucherElsewhere:
            RefusalWords(
                what: "This voucher holds at {shop}.",
                why: "The structure kept it for that shop.",
                now: "Direct the person to that shop."
            )
        case .voucherPersonMissing:
            RefusalWords(
                what: "This voucher names several persons.",
                why: "It must be known who is buying.",
                now: "Choose the person in the list."
            )
        case .personUnknown:
            RefusalWords(
                what: "Person not found.",
                why: "No file matches, or the person is not on this voucher.",
                now: "Search by name, or create the file."
            )
        case .completionUnknown:
            RefusalWords(
                what: "Unknown attestation: {code}.",
                why: "No finished course bears this number.",
                now: "Check the digits, or search for the person."
            )
        case .rightMissing:
            RefusalWords(
                what: "No right for: {what}.",
                why: "Neither a voucher nor a finished course opens it today.",
                now: "Scan a voucher or an attestation, or remove the line."
            )
        case .rightLapsed:
            RefusalWords(
                what: "Right ended on {until}.",
                why: "It held until that day.",
                now: "Ask the prescriber for a new voucher."
            )
        case .rightUsedUp:
            RefusalWords(
                what: "This right was already used.",
                why: "Ticket {receipt} of {on}.",
                now: "{advice}"
            )
        case .quotaNeverFits:
            RefusalWords(
                what: "This is more than the limit: {rule}.",
                why: "Asked: {asked}. Limit: {limit}.",
                now: "Take less."
            )
        case .quotaReached:
            RefusalWords(
                what: "Limit reached: {rule}.",
                why: "Already {used} of {limit}, ticket {receipt} of {on} included.",
                now: "{advice}"
            )
        case .deviceUnknown:
            RefusalWords(
                what: "Unknown device: {label}.",
                why: "No label of this number.",
                now: "Check the label, or take the device into stock."
            )
        case .deviceGone:
            RefusalWords(
                what: "Device {label} has already left.",
                why: "Ticket {receipt}, {on}, by {operator}.",
                now: "Put it aside and take another one."
            )
        case .deviceNotOnShelf:
            RefusalWords(
                what: "Device {label} is not on the shelf.",
                why: "It is not ready to be sold.",
                now: "See the stock room: inspection, erasure, shelf."
            )
        case .deviceElsewhere:
            RefusalWords(
                what: "Device {label} is on the shelf at {shop}.",
                why: "Only what is here is sold here.",
                now: "Have it transferred, or take another one."
            )
        case .deviceReserved:
            RefusalWords(
                what: "Device {label} is reserved.",
                why: "Kept for someone else until {until}.",
                now: "Take another one, or see a manager."
            )
        case .deviceNotInspected:
            RefusalWords(
                what: "Device {label} is not inspected.",
                why: "Without a passed inspection the law forbids calling it refurbished.",
                now: "Go through the inspection list, then shelve it."
            )
        case .deviceNotErased:
            RefusalWords(
                what: "The disk of device {label} is not erased.",
                why: "The former owner’s data may still be on it.",
                now: "Erase it and record the erasure, then shelve it."
            )
        case .devicePriceUnusual:
            RefusalWords(
                what: "{price} is an unusual price for {label}.",
                why: "Usually between {least} and {most} for this kind of machine.",
                now: "Correct the price, or tick “This is the price” to confirm it."
            )
        case .devicePriceAboveCeiling:
            RefusalWords(
                what: "The price of {label} is above the legal ceiling.",
                why: "A public body gave it: {most} at most (decree of 7 November 2022).",
                now: "Lower the price."
            )
        case .deviceNotRefunded:
            RefusalWords(
                what: "Device {label} belongs to whoever got it.",
                why: "No refund or return is recorded.",
                now: "Record the return from the receipt first."
            )
        case .deviceRecycled:
            RefusalWords(
                what: "Device {label} was recycled or lost.",
                why: "It left the stock for good.",
                now: "See its page with the stock manager."
            )
        case .deviceOnShelf:
            RefusalWords(
                what: "Device {label} is already on the shelf.",
                why: "It stands there only once.",
                now: "Nothing more to do."
            )
        case .diskOnShelf:
            RefusalWords(
                what: "Device {label} is on the shelf.",
                why: "What was erased is what is sold: its disks do not change there.",
                now: "Take it off the shelf, change the disk, then erase it."
            )
        case .deviceKnown:
            RefusalWords(
                what: "This device is already known.",
                why: "Same maker, same model, same serial number.",
                now: "Open its page instead of making another one."
            )
        case .erasureNotPurge:
            RefusalWords(
                what: "An overwritten SSD is not “purged”.",
                why: "Overwriting leaves the spare cells readable.",
                now: "Record the level “clear”, or erase by the drive’s own command."
            )
        case .productUnknown:
            RefusalWords(
                what: "Unknown product: {code}.",
                why: "It is not on the price list.",
                now: "Choose it in the list."
            )
        case .productNotSold:
            RefusalWords(
                what: "Product {code} is not for sale today.",
                why: "No price is in force on this day.",
                now: "Choose another one, or have its price set."
            )
        case .stockShort:
            RefusalWords(
                what: "There is not enough of {code} here.",
                why: "Asked: {asked}. Available: {free}.",
                now: "Lower the quantity, or have it restocked."
            )
        case .paymentDoesNotAddUp:
            RefusalWords(
                what: "The payment does not match the total.",
                why: "Total: {total}. Paid: {paid}.",
                now: "Correct the amounts."
            )
        case .paymentTooLittle:
            RefusalWords(
                what: "{missing} is missing.",
                why: "Total: {total}. Received: {paid}.",
                now: "Ask for the rest."
            )
        case .programmeUnknown:
            RefusalWords(
                what: "Unknown programme: {code}.",
                why: "No programme bears this code.",
                now: "Choose it in the list."
            )
        case .programmeOver:
            RefusalWords(
                what: "Programme {code} does not pay today.",
                why: "It runs from {from} to {to}.",
                now: "Choose a current programme, or sell."
            )
        case .saleUnknown:
            RefusalWords(
                what: "Receipt not found: {receipt}.",
                why: "No receipt of this number.",
                now: "Scan the receipt, or search for the person."
            )
        case .refundTooMuch:
            RefusalWords(
                what: "This was already refunded.",
                why: "Nothing of this line remains to be refunded.",
                now: "Open the receipt to see its refunds."
            )
        case .refundCashShort:
            RefusalWords(
                what: "There is not enough cash in the drawer.",
                why: "Expected in the drawer: {free}. To give back: {asked}.",
                now: "Give it back by another means."
            )
        case .courseUnknown:
            RefusalWords(
                what: "Unknown course: {code}.",
                why: "No course bears this code.",
                now: "Choose it in the list."
            )
        case .runUnknown:
            RefusalWords(
                what: "Unknown run: {code}.",
                why: "No run bears this code.",
                now: "Choose it in the list."
            )
        case .sessionUnknown:
            RefusalWords(
                what: "Session not found.",
                why: "This run has no such session.",
                now: "Open the run’s page again."
            )
        case .runOutsideProgramme:
            RefusalWords(
                what: "The programme “{name}” is not open on {day}.",
                why: "It runs from {from} to {to}: the run would not count for it.",
                now: "Choose a programme that is open that day, or correct the first day."
            )
        case .sessionBeforeRun:
            RefusalWords(
                what: "This day is before the run began.",
                why: "The run began on {from}.",
                now: "Correct the day."
            )
        case .enrolledTwice:
            RefusalWords(
                what: "This person is already enrolled.",
                why: "One enrols in a run only once.",
                now: "Nothing more to do."
            )
        case .notEnrolled:
            RefusalWords(
                what: "This person is not enrolled in this run.",
                why: "Attendance is written for those enrolled only.",
                now: "Enrol the person first."
            )
        case .attendanceTooLong:
            RefusalWords(
                what: "The attendance is longer than the session.",
                why: "The session lasted {most}.",
                now: "Correct the minutes."
            )
        case .notFinished:
            RefusalWords(
                what: "The course is not finished.",
                why: "{explained}",
                now: "Plan a catch-up session, or decide with a motive."
            )
        case .finishedAlready:
            RefusalWords(
                what: "The course is already finished.",
                why: "Attestation {code} exists.",
                now: "Print it again."
            )
        case .fileMissing:
            RefusalWords(
                what: "{file}: file not found.",
                why: "It does not exist, or cannot be read from here.",
                now: "Check the path, then try again."
            )
        case .fileEmpty:
            RefusalWords(
                what: "{file}: empty file.",
                why: "There is nothing in it.",
                now:
                    "Take the inventory again on the device, then import it: in a terminal, “sudo lshw -json > report.json”."
            )
        case .fileTooLarge:
            RefusalWords(
                what: "{file}: file too large.",
                why: "{size} MB; the limit is {most} MB.",
                now: "Check that it is the right file: an inventory is under 2 MB."
            )
        case .fileNotText:
            RefusalWords(
                what: "{file}: this is not text.",
                why: "It is a picture, an archive, a PDF or another binary file.",
                now:
                    "Take the inventory again on the device, then import it: in a terminal, “sudo lshw -json > report.json”."
            )
        case .fileTruncated:
            RefusalWords(
                what: "{file}: file cut short.",
                why: "It stops half-way, at line {line}: the copy is not complete.",
                now: "Copy it again, or take the inventory again."
            )
        case .fileUnreadable:
            RefusalWords(
                what: "{file}: unreadable file.",
                why:
                    "It is damaged, or is no inventory file: reading stops at line {line}, character {column}.",
                now:
                    "Take the inventory again on the device, then import it: in a terminal, “sudo lshw -json > report.json”."
            )
        case .fileTooDeep:
            RefusalWords(
                what: "{file}: nested too deep.",
                why: "{most} levels at most; an inventory has fewer than twenty.",
                now: "Check that it is the right file: an inventory is under 2 MB."
            )
        case .fileTooManyValues:
            RefusalWords(
                what: "{file}: too many values.",
                why: "{most} at most; an inventory has ten times fewer.",
                now: "Check that it is the right file: an inventory is under 2 MB."
            )
        case .fileOtherFormat:
            RefusalWords(
                what: "{file}: this format is not read.",
                why:
                    "It comes from an inventory tool that the stock does not read: {format}.",
                now:
                    "Take the inventory again on the device, then import it: in a terminal, “sudo lshw -json > report.json”."
            )
        case .fileUnknownFormat:
            RefusalWords(
                what: "{file}: unknown format.",
                why: "It is none of the inventory files that the stock can read.",
                now:
                    "Take the inventory again on the device, then import it: in a terminal, “sudo lshw -json > report.json”."
            )
        case .fileNotAComputer:
            RefusalWords(
                what: "{file}: this is not a computer.",
                why: "According to the file it is something else: “{value}”.",
                now: "Enter the device by hand from the stock page."
            )
        case .filePartOfAComputer:
            RefusalWords(
                what: "{file}: only a part of a computer.",
                why: "The file describes one component alone, or most of the device is missing from it.",
                now:
                    "Take the inventory again on the device, then import it: in a terminal, “sudo lshw -json > report.json”."
            )
        case .fileSeveralComputers:
            RefusalWords(
                what: "{file}: several computers.",
                why: "It describes {count}; a file describes one.",
                now: "Import one file for each device."
            )
        case .fileVirtualMachine:
            RefusalWords(
                what: "{file}: this is a virtual machine.",
                why: "It exists only inside another computer: it cannot be sold.",
                now: "Leave it aside; where the file is wrong, tick its row."
            )
        case .fileValueOutOfRange:
            RefusalWords(
                what: "{file}: a name too long.",
                why: "It begins with “{value}…” and has {length} characters; {most} at most.",
                now: "Enter the device by hand, or have “{field}” corrected in the file."
            )
        case .journalBroken:
            RefusalWords(
                what: "The journal does not verify.",
                why: "{text}",
                now: "Stop selling at this till and tell the administrator."
            )
        case .journalSealed:
            RefusalWords(
                what: "What is sealed is not edited.",
                why: "A correction is a new entry.",
                now: "Make a refund or a new entry."
            )
        case .migrationChanged:
            RefusalWords(
                what: "A migration file has changed: {file}.",
                why: "It was already applied in another form.",
                now: "Restore the original file; a change is a new file."
            )
        }
    }
}
