/// The shape of a computer, in one word each for the many that firmware uses.
/// Source: SMBIOS 3.7, table 17, as `lshw` ("low-profile") and `dmidecode` ("Low Profile Desktop") spell it.
public enum Chassis: String, Hashable, Sendable, CaseIterable, Codable {
    case laptop
    case desktop
    case tower
    case mini
    case allInOne = "all_in_one"
    case tablet
    case server
    case unknown

    init(read text: String) {
        let letters = String(text.lowercased().filter { $0.isLetter })
        self = Self.words[letters] ?? .unknown
    }

    /// Whether a screen is part of the machine, so that one that was plugged in is not counted with it.
    public var hasScreen: Bool {
        switch self {
        case .laptop, .allInOne, .tablet: true
        case .desktop, .tower, .mini, .server, .unknown: false
        }
    }

    private static let words: [String: Chassis] = [
        "laptop": .laptop, "notebook": .laptop, "portable": .laptop, "portablecomputer": .laptop,
        "subnotebook": .laptop, "convertible": .laptop, "detachable": .laptop, "netbook": .laptop,
        "desktop": .desktop, "desktopcomputer": .desktop, "lowprofile": .desktop,
        "lowprofiledesktop": .desktop, "lowprofiledesktopcomputer": .desktop, "pizzabox": .desktop,
        "pizzaboxcomputer": .desktop, "spacesaving": .desktop, "spacesavingcomputer": .desktop,
        "lunchbox": .desktop, "lunchboxcomputer": .desktop, "sealed": .desktop,
        "sealedcasepc": .desktop,
        "tower": .tower, "towercomputer": .tower, "minitower": .tower, "minitowercomputer": .tower,
        "mini": .mini, "minipc": .mini, "stick": .mini, "stickpc": .mini, "embeddedpc": .mini,
        "embedded": .mini, "iotgateway": .mini,
        "allinone": .allInOne, "tablet": .tablet, "handheld": .tablet, "handheldcomputer": .tablet,
        "server": .server, "mainserverchassis": .server, "rackmount": .server,
        "rackmountchassis": .server, "blade": .server, "bladeenclosure": .server,
        "enclosure": .server,
        "multisystem": .server, "multisystemchassis": .server, "system": .server,
    ]
}
