public import Shop

/// The course for pupils' parents, which an installation begins with unless its set-up leaves it out, and which the
/// demonstration plays: four basic modules and three thematic ones, 16 h 30 in all, as it was told in January 2023.
/// https://emmaus-connect.org/2023/01/a-lille-emmaus-connect-renforce-son-programme-daccompagnement-des-parents-deleves-eloignes-du-numerique
///
/// What the modules are called and how they share the time was not published: an association that teaches it otherwise
/// writes its next version.
public enum ParentsCourse {
    static let code = "parents"
    static let name = "Parcours des parents d’élèves"

    static let modules: [(kind: Module.Kind, minutes: Int, name: String)] = [
        (.basic, 150, "Ordinateur et fichiers"),
        (.basic, 150, "Internet"),
        (.basic, 150, "Messagerie"),
        (.basic, 150, "Sécurité et comptes"),
        (.thematic, 130, "Espace numérique de travail, Pronote, ÉduConnect"),
        (.thematic, 130, "Suivre la scolarité et écrire au collège"),
        (.thematic, 130, "Démarches familiales\u{A0}: cantine, CAF, orientation"),
    ]

    /// As it is written down. Throws nothing but for a bug in the lines above, which a test would find.
    public static func template() throws(Refusal) -> NewCourse {
        var modules: [NewModule] = []
        for module in Self.modules {
            modules.append(
                try NewModule(
                    kind: module.kind,
                    name: ShortText(typed: module.name, field: .module),
                    plannedMinutes: module.minutes
                )
            )
        }
        return try NewCourse(
            code: ShortCode(typed: code),
            name: ShortText(typed: name, field: .name),
            modules: modules
        )
    }
}
