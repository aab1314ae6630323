/// What a machine of the stock waits for, finer than its stage. Raw values are sent.
public enum DeviceStep: String, CaseIterable, Sendable, Codable {
    /// Or a disk is failing that an inspection is to replace.
    case toInspect = "to_inspect"
    case toErase = "to_erase"
    case toGrade = "to_grade"
    /// Found not to be sold: to be recycled, or graded otherwise.
    case unsellable
    /// A part of its kit is missing.
    case toComplete = "to_complete"
    case toShelve = "to_shelve"
    /// On the shelf with a disk that is failing: it reaches nobody as it is.
    case toWithdraw = "to_withdraw"
    /// On the shelf, and kept for nobody.
    case forSale = "for_sale"
    /// On the shelf, and kept for a person.
    case reserved
    case inTransit = "in_transit"
    /// Somebody's, and here to be repaired or exchanged.
    case inAfterSales = "in_after_sales"

    /// Nil for what left and waits for nothing.
    /// - Parameters:
    ///   - sound: whether no disk in it is failing.
    ///   - isReserved: whether it is kept for a person.
    ///   - hasCase: whether a case of after-sales is open for it.
    public init?(
        _ stage: DeviceStage,
        inspected: Bool,
        sound: Bool,
        erased: Bool,
        graded: Bool,
        unsellable: Bool,
        complete: Bool,
        isReserved: Bool,
        hasCase: Bool
    ) {
        switch stage {
        case .left:
            guard hasCase else { return nil }
            self = .inAfterSales
        case .inTransit: self = .inTransit
        case .onShelf where !sound: self = .toWithdraw
        case .onShelf: self = isReserved ? .reserved : .forSale
        case .inWork:
            if !inspected || !sound {
                self = .toInspect
            } else if !erased {
                self = .toErase
            } else if !graded {
                self = .toGrade
            } else if unsellable {
                self = .unsellable
            } else if !complete {
                self = .toComplete
            } else {
                self = .toShelve
            }
        }
    }

    /// The stage of machines that wait for it.
    public var stage: DeviceStage {
        switch self {
        case .toInspect, .toErase, .toGrade, .unsellable, .toComplete, .toShelve: .inWork
        case .toWithdraw, .forSale, .reserved: .onShelf
        case .inTransit: .inTransit
        case .inAfterSales: .left
        }
    }

    public func name(in language: Language) -> String {
        switch self {
        case .toInspect: language.choose("À contrôler", "To inspect")
        case .toErase: language.choose("À effacer", "To erase")
        case .toGrade: language.choose("À classer", "To grade")
        case .unsellable: language.choose("Invendables", "Not to be sold")
        case .toComplete: language.choose("À compléter", "To complete")
        case .toShelve: language.choose("À mettre en rayon", "To shelve")
        case .toWithdraw: language.choose("À retirer du rayon", "To take off the shelf")
        case .forSale: language.choose("En rayon, libres", "On the shelf, free")
        case .reserved: language.choose("Réservés", "Reserved")
        case .inTransit: language.choose("En transit", "In transit")
        case .inAfterSales: language.choose("Au service après-vente", "In after-sales")
        }
    }
}

/// Which machines a list shows: a stage, or what they wait for.
public enum DeviceFilter: Hashable, Sendable {
    case stage(DeviceStage)
    case step(DeviceStep)

    /// Every name that a request may give. `in_transit` is a stage and a step alike.
    public static let names =
        DeviceStage.allCases.map(\.rawValue)
        + DeviceStep.allCases.map(\.rawValue).filter { DeviceStage(rawValue: $0) == nil }

    public init?(rawValue: String) {
        if let stage = DeviceStage(rawValue: rawValue) {
            self = .stage(stage)
        } else if let step = DeviceStep(rawValue: rawValue) {
            self = .step(step)
        } else {
            return nil
        }
    }

    /// Throws `choiceUnknown`.
    public init(typed text: String) throws(Refusal) {
        guard let filter = DeviceFilter(rawValue: text) else { throw .unknownStage(text) }
        self = filter
    }

    public var rawValue: String {
        switch self {
        case .stage(let stage): stage.rawValue
        case .step(let step): step.rawValue
        }
    }

    public func name(in language: Language) -> String {
        switch self {
        case .stage(let stage): stage.name(in: language)
        case .step(let step): step.name(in: language)
        }
    }
}

extension Refusal {
    /// What the list may be asked for instead.
    public static func unknownStage(_ text: String) -> Refusal {
        Refusal(
            .choiceUnknown,
            [
                "field": .field(.deviceStage), "text": .text(String(text.prefix(40))),
                "choices": .text(DeviceFilter.names.joined(separator: ", ")),
            ]
        )
    }
}

extension FieldName {
    public static let deviceStage = FieldName("stage", "Étape", "Stage")
    public static let olderThan = FieldName(
        "older_than",
        "Depuis plus de (jours)",
        "For more than (days)"
    )
}
