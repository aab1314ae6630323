import Shop
import Store

/// Labels to print, one a machine: number, what it is, Code 128 for the shop's scanner and QR for a telephone.
struct DeviceLabelPage: Page {
    static let template = "device-label"

    let title: String
    let back: String
    /// The same for printers that take ZPL, in each size.
    let files: [File]
    let labels: [Label]

    struct File: Sendable {
        let path: String
        let words: String
    }

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

    /// - Parameters:
    ///   - file: where the same labels are found as ZPL; by default those of the one machine.
    ///   - origin: where passports are read; nil puts the number alone into each QR.
    init(
        _ words: Words,
        _ cards: [DeviceCard],
        back: String? = nil,
        file: String? = nil,
        at origin: String? = nil,
        isDemonstration: Bool
    ) {
        title = cards.map(\.device.label).joined(separator: ", ")
        self.back = back ?? (cards.count == 1 ? "/devices/\(cards[0].device.label)" : "/devices")
        let file = file ?? "/devices/\(cards.first?.device.label ?? "")/label.zpl"
        files = DeviceLabelZPL.Size.allCases.map { size in
            File(
                path: "\(file)\(file.contains("?") ? "&" : "?")size=\(size.rawValue)",
                words: words("device_label_zpl_\(size.rawValue)")
            )
        }
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
