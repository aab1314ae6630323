extension FieldName {
    public static let association = FieldName("association", "Association", "Association")
    public static let vatRegime = FieldName("vat_regime", "Régime de TVA", "VAT regime")
    public static let login = FieldName("login", "Identifiant", "Login")
    public static let operatorCode = FieldName("operator", "Code opérateur", "Operator code")
    public static let password = FieldName("password", "Mot de passe", "Password")
    public static let pin = FieldName("pin", "Code PIN", "PIN")
    public static let badge = FieldName("badge", "Badge", "Badge")
    public static let role = FieldName("role", "Rôle", "Role")
    public static let till = FieldName("till", "Caisse", "Till")
    public static let user = FieldName("user", "Utilisateur", "User")
}
