/// What a disk is made of, which decides how it may be erased.
public enum DiskKind: String, Hashable, Sendable, CaseIterable, Codable {
    case hdd
    case ssd
    case nvme
    case unknown

    /// Makers write the kind into the model's name, or give each kind its own series: what an inventory
    /// does not say is read there. `unknown` where neither does.
    init(model: String) {
        let model = model.prefix(2 * ReadName.lengthMax).uppercased().filter {
            $0.isLetter || $0.isNumber || $0 == " " || $0 == "-"
        }
        let words = model.split { $0 == " " || $0 == "-" }.map { word in
            // Some firmware writes the maker and the series in one.
            Self.makers.first(where: word.hasPrefix).map { word.dropFirst($0.count) } ?? word
        }
        if model.contains("NVME") || words.contains(where: { $0.hasAny(of: Self.nvmeSeries) }) {
            self = .nvme
        } else if model.contains("SSHD") {
            self = .hdd
        } else if model.contains("SSD") || model.contains("SOLID STATE") || model.contains("EMMC")
            || words.contains(where: { $0.hasAny(of: Self.ssdSeries) })
        {
            self = .ssd
        } else if words.contains(where: { word in Self.isHardDisk(word) }) {
            self = .hdd
        } else {
            self = .unknown
        }
    }

    private static func isHardDisk(_ word: Substring) -> Bool {
        hddSeries.contains { series in
            guard word.hasPrefix(series) else { return false }
            return word.dropFirst(series.count).first?.isDigit ?? false
        }
    }

    private static let makers = ["TOSHIBA", "SAMSUNG", "HITACHI", "FUJITSU", "KINGSTON"]

    /// Samsung, Toshiba, Intel, SK hynix, Micron.
    private static let nvmeSeries = ["MZV", "MZAL", "KXG", "KBG", "SSDPE", "HFM", "MTFDH", "MTFDK"]

    /// Samsung, Micron, Intel, SanDisk, SK hynix, Toshiba, Kingston, Western Digital, ADATA, Plextor, LITE-ON.
    private static let ssdSeries = [
        "MZ7", "MZM", "MZN", "MZY", "MTFD", "SSDSC", "SSDSA", "SDSA", "SD7S", "SD8S", "SD9S",
        "SD6S",
        "HFS", "THNS", "KSG", "SA400S", "SUV4", "SUV5", "SV300", "SV200", "SKC", "SMS200", "WDS",
        "SU6",
        "SU7", "SU8", "LITEONIT", "LCS", "LGT", "PX", "CT120", "CT240", "CT250", "CT480", "CT500",
        "CT1000",
    ]

    /// Seagate, Western Digital, Hitachi and HGST, Toshiba, Samsung, Fujitsu, Maxtor; digits follow.
    private static let hddSeries = [
        "ST", "WD", "HTS", "HDS", "HDT", "HTE", "HTA", "HUA", "HUS", "HUH", "HDP", "HCC", "MK",
        "MQ",
        "DT", "HDWD", "HDWL", "HD", "HM", "HN", "SP", "HS", "MHV", "MHW", "MHY", "MHZ", "MJA", "IC",
        "STM",
    ]
}

extension Substring {
    fileprivate func hasAny(of prefixes: [String]) -> Bool {
        prefixes.contains(where: hasPrefix)
    }
}
