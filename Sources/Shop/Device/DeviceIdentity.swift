/// What makes a machine the same one when it comes back: maker, model and serial, each normalised, since
/// two tools spell them in two ways ("Dell Inc.", "DELL").
public struct DeviceIdentity: Hashable, Sendable {
    /// `maker|model|serial`, lower case; stored, unique, compared and never shown.
    public let key: String

    public init(maker: String, model: String, serial: Serial) {
        let parts = [Self.maker(maker), Self.letters(model), Self.letters(serial.normalised)]
        key = parts.joined(separator: "|")
    }

    private static func letters(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// The maker without the form of its company.
    private static func maker(_ text: String) -> String {
        let words = text.lowercased()
            .split { !($0.isLetter || $0.isNumber) }
            .map(String.init)
            .filter { !companyForms.contains($0) }
        let name = words.joined()
        return aliases[name] ?? name
    }

    private static let companyForms: Set<String> = [
        "inc", "corp", "corporation", "co", "company", "ltd", "limited", "gmbh", "ag", "sa", "sas",
        "llc",
        "computer", "computers", "computing", "international", "electronics", "technology",
        "technologies",
        "tech", "systems", "foundation",
    ]

    private static let aliases = [
        "hewlettpackard": "hp", "asustek": "asus", "micro": "msi", "microstar": "msi",
        "gigabyte": "gigabyte",
        "samsungelectronics": "samsung", "fujitsusiemens": "fujitsu", "fujitsuclient": "fujitsu",
    ]
}
