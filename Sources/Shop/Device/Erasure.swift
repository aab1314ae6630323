/// How a disk's data was made unreadable. Raw values are stored: never rename or reuse one.
public enum ErasureMethod: String, CaseIterable, Sendable, Codable {
    case overwrite
    case secureErase = "secure_erase"
    case cryptoErase = "crypto_erase"
    case blockErase = "block_erase"
    case destruction

    public func name(in language: Language) -> String {
        switch self {
        case .overwrite: language.choose("Réécriture", "Overwriting")
        case .secureErase:
            language.choose("Commande du disque (Secure Erase)", "Drive command (Secure Erase)")
        case .cryptoErase: language.choose("Effacement de la clé", "Key erasure")
        case .blockErase: language.choose("Effacement des blocs", "Block erasure")
        case .destruction: language.choose("Destruction", "Destruction")
        }
    }
}

/// How far an attacker would have to go. Source: NIST SP 800-88 rev. 1, section 2.5.
public enum ErasureLevel: String, CaseIterable, Sendable, Codable {
    case clear
    case purge
    case destroy

    public func name(in language: Language) -> String {
        switch self {
        case .clear: language.choose("Effacement simple", "Clear")
        case .purge: language.choose("Effacement renforcé", "Purge")
        case .destroy: language.choose("Disque détruit", "Destroy")
        }
    }
}
