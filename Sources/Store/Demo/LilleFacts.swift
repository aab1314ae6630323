import Shop

/// The programme as it was told in January 2023: funders, targets, structures, nine runs begun with 34 parents by
/// 5 December 2022, of whom nine with Itinéraires, who were given 15 h 30 of the 16 h 30.
/// https://emmaus-connect.org/2023/01/a-lille-emmaus-connect-renforce-son-programme-daccompagnement-des-parents-deleves-eloignes-du-numerique
///
/// Days, places, who finished and every person are invented.
enum LilleFacts {
    static let funders = [
        Funder(name: "Ville de Lille", kind: .commune, note: "fonds politique de la ville"),
        Funder(name: "État", kind: .etat),
        Funder(
            name: "Fondation SFR",
            kind: .fondation,
            note: "partenaire fondateur d’Emmaüs Connect"
        ),
    ]

    static let structures: [PartnerStructure] = [
        PartnerStructure("Cité éducative de Lille", .publicProgramme, "Lille-Sud", "Hélène Okafor"),
        PartnerStructure("Collège Nina Simone", .school, "Moulins", "Bastien Rouvier"),
        PartnerStructure(
            "Centre social l’Arbrisseau",
            .socialCentre,
            "Lille-Sud",
            "Djamila Cherif"
        ),
        PartnerStructure("Centre social Chemin Rouge", .socialCentre, "Faches", "Pauline Wirth"),
        PartnerStructure("Centre social Mosaïque", .socialCentre, "Fives", "Tomasz Zielinski"),
        PartnerStructure(
            "Association Itinéraires",
            .prevention,
            "Wazemmes",
            "Claire Montjean",
            "Éducatrice spécialisée"
        ),
        PartnerStructure("Association Solfa", .association, "Centre", "Irène Castaing"),
        PartnerStructure("Association La Marelle", .association, "Fives", "Oumar Sy"),
        PartnerStructure(
            "FCP Bois Blancs",
            .parentsFederation,
            "Bois-Blancs",
            "Nathalie Petit-Jean"
        ),
    ]

    /// The structure whose prescriber may be tried.
    static var referrer: PartnerStructure { structures[5] }

    /// One run a structure, in the order of `structures`; 34 parents in all.
    static let runs: [PlayedRun] = [
        PlayedRun("LI-2022-01", "2022-06-13", parents: 4, short: [Short(3, from: 5)]),
        PlayedRun("LI-2022-02", "2022-06-16", parents: 3, short: [Short(2, from: 3)]),
        PlayedRun("LI-2022-03", "2022-09-12", parents: 3, short: [Short(1, only: 7)]),
        PlayedRun("LI-2022-04", "2022-09-15", parents: 3, short: [Short(0, from: 4)]),
        PlayedRun("LI-2022-05", "2022-09-19", parents: 3, short: [Short(2, from: 2)]),
        PlayedRun(
            "LI-2022-06",
            "2022-09-20",
            parents: 9,
            minutes: [150, 150, 150, 150, 130, 100, 100],
            short: [Short(4, only: 6), Short(8, from: 5)]
        ),
        PlayedRun("LI-2022-07", "2022-10-03", parents: 3, short: [Short(1, from: 6)]),
        PlayedRun("LI-2022-08", "2022-11-08", parents: 3, short: [Short(0, only: 5)]),
        PlayedRun("LI-2022-09", "2022-11-15", parents: 3, short: [Short(2, from: 4)]),
    ]

    /// Which parent of which run bought a computer at the shop afterwards, for herself and her children.
    static let buyer = (run: "LI-2022-06", parent: 0, on: "2022-11-19")

    /// No session on these days.
    static let holidays = ["2022-11-01", "2022-11-11", "2022-12-26", "2023-01-02"]
}

struct PartnerStructure: Sendable {
    let name: String
    let kind: StructureKind
    let quarter: String
    /// Who signs there; invented.
    let prescriber: String
    let post: String

    init(
        _ name: String,
        _ kind: StructureKind,
        _ quarter: String,
        _ prescriber: String,
        _ post: String = "Référent familles"
    ) {
        self.name = name
        self.kind = kind
        self.quarter = quarter
        self.prescriber = prescriber
        self.post = post
    }
}

/// A run of one session a week and a module.
struct PlayedRun: Sendable {
    let code: String
    let startsOn: String
    let parents: Int
    /// Delivered, by module.
    let minutes: [Int]
    let short: [Short]

    init(
        _ code: String,
        _ startsOn: String,
        parents: Int,
        minutes: [Int] = ParentsCourse.modules.map(\.minutes),
        short: [Short]
    ) {
        self.code = code
        self.startsOn = startsOn
        self.parents = parents
        self.minutes = minutes
        self.short = short
    }
}

/// Who missed what: from a module on, or one only; both counted from 1, the parent from 0.
struct Short: Sendable {
    let parent: Int
    let modules: ClosedRange<Int>

    init(_ parent: Int, from module: Int) {
        self.parent = parent
        modules = module...7
    }

    init(_ parent: Int, only module: Int) {
        self.parent = parent
        modules = module...module
    }
}
