import Shop
import Store

/// Labels to print, one a machine: number, what it is, Code 128 for the shop's scanner and QR for a telephone.
struct DeviceLabelPage: Page {
    static let template = "device-label"

    let title: String
    let back: String
    let labels: [Label]

    struct Label: Sendable {
        let number: String
        let name: String
        let details: String
        let grade: String?
        let price: String?
        /// In a demonstration, which the printed label must say by itself.
        let mark: String?
        let code128: Markup
        let qr: Markup
    }

    /// - Parameter origin: where passports are read; nil puts the number alone into each QR.
    init(
        _ words: Words,
        _ cards: [DeviceCard],
        back: String? = nil,
        at origin: String? = nil,
        isDemonstration: Bool
    ) {
        title = cards.map(\.device.label).joined(separator: ", ")
        self.back = back ?? (cards.count == 1 ? "/devices/\(cards[0].device.label)" : "/devices")
        labels = cards.map { card in
            let row = card.device
            return Label(
                number: row.label,
                name: row.shownName(words),
                details: row.details(in: words.language),
                grade: row.grade.map {
                    words("device_grade_is", ["grade": $0.name(in: words.language)])
                },
                price: row.price.map { Written.cents($0, in: words.language) },
                mark: isDemonstration ? Demonstrated.mark : nil,
                code128: Barcode.code128(row.label),
                qr: Barcode.qr(
                    Passports.address(of: row.label, card.passport, at: origin) ?? row.label
                )
            )
        }
    }
}
