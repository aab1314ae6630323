/// What is said of lists of things to try, and of what was tried.
extension RefusalWords {
    static let inspectionIncomplete = RefusalWords(
        french: .init(
            what: "{label} n’a pas passé tout ce que la liste de contrôle demande.",
            why: "Il manque\u{A0}: {items}.",
            now: "Reprenez le contrôle avec la liste d’aujourd’hui, puis mettez-le en rayon."
        ),
        english: .init(
            what: "{label} has not passed all that the inspection list asks.",
            why: "Missing: {items}.",
            now: "Inspect it again with today’s list, then shelve it."
        )
    )

    static let inspectionListChanged = RefusalWords(
        french: .init(
            what: "La liste de contrôle a changé pendant que vous essayiez {label}.",
            why: "Un contrôle suit la liste en vigueur ce jour-là.",
            now: "Complétez la nouvelle liste, puis enregistrez. Vos réponses sont gardées."
        ),
        english: .init(
            what: "The inspection list changed while you tried {label}.",
            why: "An inspection follows the list in force that day.",
            now: "Complete the new list, then record it: your answers are kept."
        )
    )

    static let inspectionListUneven = RefusalWords(
        french: .init(
            what: "Cette liste de contrôle n’est pas enregistrée\u{A0}: {problem}.",
            why: "Une liste a de 1 à {most} points, chacun une fois.",
            now: "Corrigez-la, puis recommencez."
        ),
        english: .init(
            what: "This inspection list is not recorded: {problem}.",
            why: "A list has 1 to {most} items, each once.",
            now: "Correct it, then try again."
        )
    )

    static let itemNameUnreadable = RefusalWords(
        french: .init(
            what: "«\u{A0}{text}\u{A0}» n’est pas le code d’un point de contrôle.",
            why:
                "Des minuscules sans accent, des chiffres et des soulignés, 40 au plus, une lettre d’abord.",
            now: "Écrivez par exemple usb_ports, et gardez le code d’une version à l’autre."
        ),
        english: .init(
            what: "“{text}” is not the code of an inspection item.",
            why:
                "Lowercase letters without accent, digits and underscores, 40 at most, a letter first.",
            now: "Write usb_ports, for example, and keep the code from a version to the next."
        )
    )

    static let remarkWithoutFault = RefusalWords(
        french: .init(
            what: "Une remarque est écrite là où rien n’est en panne\u{A0}: {item}.",
            why: "Une remarque dit ce qui ne va pas.",
            now: "Cochez le point, ou effacez la remarque."
        ),
        english: .init(
            what: "A remark is written where nothing is at fault: {item}.",
            why: "A remark says what is wrong.",
            now: "Tick the item, or erase the remark."
        )
    )
}
