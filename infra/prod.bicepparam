// Production. Secrets come from the environment of the person or pipeline that deploys, never from a file.
using 'main.bicep'

param environmentName = 'Production'
param hostModel = 'custom'
param baseAddress = readEnvironmentVariable('FOLLOWUP_BASE_ADDRESS', '')
param inspectorateName = readEnvironmentVariable('FOLLOWUP_INSPECTORATE')
param inspectorateMailbox = readEnvironmentVariable('FOLLOWUP_MAILBOX')
param emailFrom = readEnvironmentVariable('FOLLOWUP_EMAIL_FROM')
param alertEmail = readEnvironmentVariable('FOLLOWUP_ALERT_EMAIL')
param signInClientId = readEnvironmentVariable('FOLLOWUP_SIGN_IN_CLIENT_ID')
param sendGridApiKey = readEnvironmentVariable('FOLLOWUP_SENDGRID_API_KEY')
param sendGridWebhookPublicKey = readEnvironmentVariable('FOLLOWUP_SENDGRID_WEBHOOK_KEY')
param signInClientSecret = readEnvironmentVariable('FOLLOWUP_SIGN_IN_SECRET')
param keyRingCertificate = readEnvironmentVariable('FOLLOWUP_KEY_RING_CERTIFICATE')
// What is set by hand in the portal is lost with the next deployment; here it stays.
param moreSettings = {}

// The register outlives a data centre and a region.
param storageSku = 'Standard_GZRS'
// A wrong deletion may be noticed a month late.
param deletedBlobDays = 30
// A provider who follows a link does not wait for a start.
param alwaysReadyInstances = 1
// Enough to look back over one whole ladder of chasing.
param logRetentionDays = 180
// Nobody can destroy the keys of the sessions and forms for good.
param purgeProtection = true
