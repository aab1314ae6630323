/// What refusals say about the questionnaires of the course, in the order of `Reason`.
extension RefusalWords {
    static let questionnaireUnreadable = RefusalWords(
        french: .init(
            what: "Ce questionnaire ne peut pas être enregistré.",
            why: "{place}\u{A0}: {problem}.",
            now: "Corrigez le fichier, puis recommencez."
        ),
        english: .init(
            what: "This questionnaire cannot be recorded.",
            why: "{place}: {problem}.",
            now: "Correct the file, then try again."
        )
    )

    static let questionnaireUnknown = RefusalWords(
        french: .init(
            what: "Aucun questionnaire n’est en vigueur.",
            why: "«\u{A0}{moment}\u{A0}» n’a pas de version à cette date.",
            now: "Faites enregistrer une version par un responsable."
        ),
        english: .init(
            what: "No questionnaire is in force.",
            why: "“{moment}” has no version on that day.",
            now: "Have a manager set a version."
        )
    )

    static let questionnaireOtherVersion = RefusalWords(
        french: .init(
            what: "Ces réponses sont celles d’une autre version du questionnaire.",
            why: "La version attendue vaut depuis le {from}.",
            now: "Scannez le code de la feuille\u{A0}: il ouvre la bonne version."
        ),
        english: .init(
            what: "These answers are of another version of the questionnaire.",
            why: "The version that is expected holds since {from}.",
            now: "Scan the code on the sheet: it opens the right version. Or check the day."
        )
    )

    static let questionUnknown = RefusalWords(
        french: .init(
            what: "Question inconnue\u{A0}: {text}.",
            why: "Cette version du questionnaire ne la pose pas.",
            now: "Rouvrez la saisie depuis la liste."
        ),
        english: .init(
            what: "Unknown question: {text}.",
            why: "This version of the questionnaire does not ask it.",
            now: "Open the entry again from the list."
        )
    )

    static let answerImpossible = RefusalWords(
        french: .init(
            what: "Cette réponse n’est pas possible\u{A0}: {question}",
            why: "On attend\u{A0}: {choices}.",
            now: "Corrigez la réponse, ou laissez la question sans réponse."
        ),
        english: .init(
            what: "This answer is not possible: {question}",
            why: "Expected: {choices}.",
            now: "Correct the answer, or leave the question without one."
        )
    )

    static let answersDeclined = RefusalWords(
        french: .init(
            what: "Une personne qui ne souhaite pas répondre n’a pas de réponses.",
            why: "Le refus et des réponses ont été envoyés ensemble.",
            now: "Choisissez l’un ou l’autre."
        ),
        english: .init(
            what: "A person who does not want to answer has no answers.",
            why: "Both were sent together.",
            now: "Choose one or the other."
        )
    )

    static let answeredBeforeEnrolment = RefusalWords(
        french: .init(
            what: "Cette date est avant l’inscription.",
            why: "La personne est inscrite depuis le {from}.",
            now: "Corrigez la date."
        ),
        english: .init(
            what: "This date is before the enrolment.",
            why: "The person is enrolled since {from}.",
            now: "Correct the date."
        )
    )

    static let enrolmentEnded = RefusalWords(
        french: .init(
            what: "Cette personne n’est plus inscrite à ce parcours.",
            why: "Elle l’a quitté le {on}.",
            now: "Un questionnaire ne se remplit que pour qui suit ou a achevé le parcours."
        ),
        english: .init(
            what: "This person is no longer enrolled in this run.",
            why: "They left it on {on}.",
            now: "A questionnaire is of somebody who follows the course or has finished it."
        )
    )

    static let questionnaireNotAsked = RefusalWords(
        french: .init(
            what: "Cette personne ne reçoit pas de questionnaire.",
            why:
                "Elle a refusé l’information sur ses données\u{A0}: rien de plus n’est noté d’elle.",
            now: "Si elle change d’avis, notez d’abord son accord sur sa fiche."
        ),
        english: .init(
            what: "This person is not asked.",
            why: "They refused the notice on their data: nothing more is written down of them.",
            now: "If they change their mind, write their agreement down in their file first."
        )
    )

    static let questionnaireAnswered = RefusalWords(
        french: .init(
            what: "Ce questionnaire est déjà rempli.",
            why: "{by} l’a saisi le {at}.",
            now: "Lisez plus bas ce qui est déjà saisi. Ne corrigez que si c’est faux."
        ),
        english: .init(
            what: "This questionnaire is answered already.",
            why: "{by} recorded it on {at}.",
            now: "Read below what was recorded. Correct it only if it is wrong."
        )
    )
}
