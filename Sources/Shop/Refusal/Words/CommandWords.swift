/// What refusals say about the command, in the order of `Reason`.
extension RefusalWords {
    static let keyReused = RefusalWords(
        french: .init(
            what: "Cette demande a déjà servi à autre chose.",
            why: "La même clé est arrivée avec un autre contenu, d’une autre personne ou "
                + "d’une autre caisse\u{202F}; ce qui a été enregistré la première fois l’est toujours.",
            now: "Regardez le dernier ticket de la caisse avant d’en commencer un nouveau."
        ),
        english: .init(
            what: "This request was already used for something else.",
            why: "The same key came with another content, from another person or another till; "
                + "what was recorded the first time still is.",
            now: "Look at the till’s last receipt before starting a new ticket."
        )
    )

    static let unknownThing = RefusalWords(
        french: .init(
            what: "Introuvable\u{A0}: {text}.",
            why: "Rien ne porte ce nom ou ce numéro ici.",
            now: "Vérifiez, ou cherchez dans la liste."
        ),
        english: .init(
            what: "Not found: {text}.",
            why: "Nothing bears this name or number here.",
            now: "Check it, or search the list."
        )
    )

    static let structureUnclear = RefusalWords(
        french: .init(
            what: "Plusieurs structures contiennent «\u{A0}{text}\u{A0}».",
            why: "Ce sont\u{A0}: {choices}.",
            now: "Choisissez la bonne dans la liste."
        ),
        english: .init(
            what: "Several structures contain “{text}”.",
            why: "They are: {choices}.",
            now: "Choose the right one in the list."
        )
    )

    static let nameTaken = RefusalWords(
        french: .init(
            what: "«\u{A0}{text}\u{A0}» existe déjà.",
            why: "Ce nom ou ce code doit être unique.",
            now: "Prenez-en un autre, ou ouvrez celui qui existe."
        ),
        english: .init(
            what: "“{text}” already exists.",
            why: "This name or code must be unique.",
            now: "Choose another one, or open the existing one."
        )
    )

    static let alreadyEnded = RefusalWords(
        french: .init(
            what: "C’est déjà terminé.",
            why: "Quelqu’un l’a terminé avant vous.",
            now: "Rechargez la page pour voir l’état actuel."
        ),
        english: .init(
            what: "This has already ended.",
            why: "Someone ended it before you.",
            now: "Reload the page to see how it stands."
        )
    )

    static let prescriberHasAccount = RefusalWords(
        french: .init(
            what: "Ce prescripteur a déjà un compte.",
            why: "Une personne signe sous un seul identifiant.",
            now: "Pour un nouveau mot de passe, demandez à l’administration."
        ),
        english: .init(
            what: "This prescriber has an account already.",
            why: "A person signs under one login alone.",
            now: "For a new password, ask an administrator."
        )
    )

    static let userWorksOrRefers = RefusalWords(
        french: .init(
            what: "Ce compte est celui d’un prescripteur.",
            why: "Qui signe pour une structure ne tient aucun rôle dans un espace.",
            now: "Créez un autre compte pour son travail dans l’espace."
        ),
        english: .init(
            what: "This account is a prescriber’s.",
            why: "Who signs for a structure holds no role in a shop.",
            now: "Make another account for their work in the shop."
        )
    )

    static let lastAdministrator = RefusalWords(
        french: .init(
            what: "C’est la dernière personne à l’administration.",
            why: "Sans elle, plus personne ne pourrait ouvrir un compte.",
            now: "Donnez d’abord ce rôle, dans tous les espaces, à quelqu’un d’autre."
        ),
        english: .init(
            what: "This is the last administrator.",
            why: "Without one, nobody could let anyone in.",
            now: "First give this role, in every shop, to someone else."
        )
    )

    static let personLikelyKnown = RefusalWords(
        french: .init(
            what: "Cette personne a peut-être déjà une fiche.",
            why: "Un nom très proche ou le même téléphone existe\u{A0}: {codes}.",
            now: "Ouvrez la fiche, ou confirmez qu’il s’agit de quelqu’un d’autre."
        ),
        english: .init(
            what: "This person may already have a file.",
            why: "A very close name or the same phone exists: {codes}.",
            now: "Open the file, or confirm that this is somebody else."
        )
    )

    static let noticeRefused = RefusalWords(
        french: .init(
            what: "Cette personne ne veut pas que son nom soit gardé.",
            why:
                "Elle a refusé l’information sur ses données\u{A0}: elle est servie sous son code seul.",
            now: "Si elle change d’avis, notez d’abord son accord."
        ),
        english: .init(
            what: "This person does not want their name kept.",
            why: "They refused the notice on their data: they are served under their code alone.",
            now: "If they change their mind, write their agreement down first."
        )
    )

    static let mergeWithSelf = RefusalWords(
        french: .init(
            what: "C’est deux fois la même fiche.",
            why: "Une fiche ne peut pas être réunie à elle-même.",
            now: "Indiquez le code de l’autre fiche de cette personne."
        ),
        english: .init(
            what: "That is the same file twice.",
            why: "A file cannot be merged with itself.",
            now: "Give the code of the person’s other file."
        )
    )

    static let mergedAlready = RefusalWords(
        french: .init(
            what: "Cette fiche a déjà été réunie à une autre.",
            why: "La personne continue sous {code}.",
            now: "Ouvrez {code}\u{A0}: tout s’y trouve."
        ),
        english: .init(
            what: "This file was already merged with another.",
            why: "The person goes on as {code}.",
            now: "Open {code}: everything is there."
        )
    )

    static let mergeTwoHouseholds = RefusalWords(
        french: .init(
            what: "Chaque fiche vit avec d’autres personnes.",
            why: "La même personne ne peut pas vivre dans deux foyers.",
            now: "Demandez où elle vit, corrigez le foyer d’une des fiches, puis recommencez."
        ),
        english: .init(
            what: "Each file lives with other people.",
            why: "One person cannot live in two households.",
            now: "Ask where they live, correct the household of one file, then try again."
        )
    )

    static let mergeEnrolled = RefusalWords(
        french: .init(
            what: "La fiche qui s’arrête suit le parcours {run}.",
            why: "Sa place et ses présences y sont notées sous ce code.",
            now: "Gardez plutôt cette fiche-là, ou retirez d’abord l’inscription."
        ),
        english: .init(
            what: "The file that ends follows the course {run}.",
            why: "Seat and presence are written there under this code.",
            now: "Keep that file instead, or withdraw the enrolment first."
        )
    )

    static let agreementOver = RefusalWords(
        french: .init(
            what: "La convention avec cette structure ne couvre pas le {day}.",
            why: "{period}",
            now: "Vérifiez la date de signature, ou renouvelez la convention."
        ),
        english: .init(
            what: "The agreement with this structure does not cover {day}.",
            why: "{period}",
            now: "Check the date of signature, or renew the agreement."
        )
    )

    static let versionInForce = RefusalWords(
        french: .init(
            what: "Ce qui vaut depuis le {day} ne se retire plus.",
            why: "Des appareils ont pu être contrôlés ou mis en rayon d’après cette version.",
            now: "Écrivez une autre version, à partir d’un jour à venir."
        ),
        english: .init(
            what: "What holds since {day} is not withdrawn any more.",
            why: "Devices may have been inspected or shelved by this version.",
            now: "Write another version, from a day to come."
        )
    )

    static let changeAlreadyDated = RefusalWords(
        french: .init(
            what: "Un changement est déjà inscrit pour le {day}.",
            why: "Chaque jour ne porte qu’une version, même retirée.",
            now: "Choisissez un autre jour."
        ),
        english: .init(
            what: "A change is already written down for {day}.",
            why: "Each day bears one version alone, even where it was withdrawn.",
            now: "Choose another day."
        )
    )

    static let agreementGoesOn = RefusalWords(
        french: .init(
            what: "La convention précédente court encore ce jour-là.",
            why: "{period}",
            now: "Choisissez un premier jour après sa fin, ou mettez-y d’abord fin."
        ),
        english: .init(
            what: "The agreement before still runs on that day.",
            why: "{period}",
            now: "Choose a first day after its end, or end it first."
        )
    )

    static let agreementDatesReversed = RefusalWords(
        french: .init(
            what: "La convention finirait avant de commencer.",
            why: "Son dernier jour serait le {until}.",
            now: "Relisez les deux dates de la convention."
        ),
        english: .init(
            what: "The agreement would end before it starts.",
            why: "Its last day would be {until}.",
            now: "Read both dates of the agreement again."
        )
    )

    static let productNotCounted = RefusalWords(
        french: .init(
            what: "«\u{A0}{code}\u{A0}» ne se compte pas.",
            why: "Les appareils entrent un par un, avec leur étiquette.",
            now: "Passez par l’inventaire du matériel."
        ),
        english: .init(
            what: "“{code}” is not counted.",
            why: "Devices come in one by one, each with its label.",
            now: "Use the hardware import."
        )
    )
}
