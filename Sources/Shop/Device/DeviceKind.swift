/// What a machine is to the shop: which label it gets, what is tried on it, which price list it is on.
/// Raw values are stored: never rename or reuse one.
public enum DeviceKind: String, CaseIterable, Sendable, Codable {
    case laptop
    case desktop
    case allInOne = "all_in_one"
    case tablet
    case smartphone
    case screen
    case other

    /// What a household counts as its computer: portable or not, with its screen or without.
    public static let computers: Set<DeviceKind> = [.laptop, .desktop, .allInOne]

    public var labelKind: DeviceLabel.Kind {
        switch self {
        case .laptop, .desktop, .allInOne, .other: .computer
        case .tablet: .tablet
        case .smartphone: .smartphone
        case .screen: .screen
        }
    }

    public func name(in language: Language) -> String {
        switch self {
        case .laptop: language.choose("Ordinateur portable", "Laptop")
        case .desktop: language.choose("Ordinateur fixe", "Desktop computer")
        case .allInOne: language.choose("Ordinateur tout-en-un", "All-in-one computer")
        case .tablet: language.choose("Tablette", "Tablet")
        case .smartphone: language.choose("Smartphone", "Smartphone")
        case .screen: language.choose("Écran", "Screen")
        case .other: language.choose("Autre appareil", "Other device")
        }
    }
}

extension DeviceKind {
    /// What a limit counts of it: « 2 tablettes ».
    func counted(_ count: Int, in language: Language) -> String {
        if language.isOne(count) { return name(in: language).lowercased() }
        return switch self {
        case .laptop: language.choose("ordinateurs portables", "laptops")
        case .desktop: language.choose("ordinateurs fixes", "desktop computers")
        case .allInOne: language.choose("ordinateurs tout-en-un", "all-in-one computers")
        case .tablet: language.choose("tablettes", "tablets")
        case .smartphone: language.choose("smartphones", "smartphones")
        case .screen: language.choose("écrans", "screens")
        case .other: language.choose("autres appareils", "other devices")
        }
    }
}

extension Hardware {
    /// A file that does not name the chassis describes a machine put together from parts, or a laptop
    /// whose battery gives it away.
    public var deviceKind: DeviceKind {
        switch chassis {
        case .laptop: .laptop
        case .allInOne: .allInOne
        case .tablet: .tablet
        case .desktop, .tower, .mini, .server: .desktop
        case .unknown: batteryHealthPercent == nil ? .desktop : .laptop
        }
    }
}

/// How a machine looks and works, as its label says it. Raw values are stored: never rename or reuse one.
public enum Grade: String, CaseIterable, Sendable, Codable {
    case premium
    case a
    case b
    case c
    case hc

    public func name(in language: Language) -> String {
        switch self {
        case .premium: "Premium"
        case .a: "A"
        case .b: "B"
        case .c: "C"
        case .hc: language.choose("Hors catégorie", "Below C")
        }
    }
}
