// FollowUp in an empty resource group: the function app, its storage, its secrets and its telemetry.
// Identities only: no key of any service is read, kept or handed on.
targetScope = 'resourceGroup'

@description('Begins the name of every resource: small letters and digits.')
@minLength(3)
@maxLength(10)
param name string = 'followup'

@description('The environment, as the service knows it (ASPNETCORE_ENVIRONMENT). Only Production writes to every address.')
@allowed(['Production', 'Staging', 'Development'])
param environmentName string

param location string = resourceGroup().location

@description('How the service is hosted: custom = src/FollowUp behind the custom handler, dotnet-isolated = src/FollowUp.Worker.')
@allowed(['custom', 'dotnet-isolated'])
param hostModel string = 'custom'

@description('The public address of the service, such as https://followup.example.gov.uk/. Empty: the function app\'s own.')
param baseAddress string = ''

@description('The inspectorate\'s name, as in “HM Inspectorate of Probation”.')
param inspectorateName string

@description('The inspectorate\'s mailbox: reply-to, and the last in every line of recipients.')
param inspectorateMailbox string

@description('The address that emails come from, verified at SendGrid.')
param emailFrom string

param emailFromName string = inspectorateName

@description('Outside Production, the only domains that emails go to.')
param allowedDomains string[] = []

@description('SendGrid\'s API: another address for the EU region.')
param sendGridHost string = 'https://api.sendgrid.com'

@description('The OpenID Connect provider of the staff.')
param signInAuthority string = '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'

param signInClientId string

@description('The audience of bearer tokens for the API. Microsoft Entra puts the client id there in tokens of version 2.')
param signInAudience string = signInClientId

@secure()
param sendGridApiKey string

@description('The verification key of SendGrid\'s signed event webhook.')
@secure()
param sendGridWebhookPublicKey string

@secure()
param signInClientSecret string

@description('The certificate that protects the key ring of cookies and forms: PFX without a password, in base64.')
@secure()
param keyRingCertificate string

@description('Who is told when chasing stops.')
param alertEmail string

@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Days during which deleted blobs and containers can be brought back.')
@minValue(1)
@maxValue(365)
param deletedBlobDays int = 30

@description('Instances that always run for pages and the API; 0 = the first visitor after a rest waits for the start.')
param alwaysReadyInstances int = 1

@description('The most instances of each group of functions.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('The most GB of uploaded files that Microsoft Defender for Storage scans in a month; a file that is not scanned stays closed.')
@minValue(1)
param scannedGBPerMonth int = 50

@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('A vault with purge protection keeps its name for the retention time after deletion.')
param purgeProtection bool = true

@description('Settings of docs/settings.md that differ from their defaults, such as { Chasing__DailyCap: \'3000\' }. A deployment takes away every setting that is not here.')
param moreSettings object = {}

param tags object = { application: 'FollowUp', environment: environmentName }

var unique = uniqueString(resourceGroup().id, name)
var appName = '${name}-${unique}'
var address = empty(baseAddress) ? 'https://${appName}.azurewebsites.net/' : endsWith(baseAddress, '/') ? baseAddress : '${baseAddress}/'
var roles = {
  blobs: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner: what the Functions host asks for its own store
  queues: '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  tables: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
  secrets: '4633458b-17de-408a-b874-0445c86b69e6' // Key Vault Secrets User
  telemetry: '3913510d-42f4-4e42-8a64-420c390055eb' // Monitoring Metrics Publisher
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
  tags: tags
}

// The register, the queue, the sent emails and the host's own state

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: take('${name}${unique}', 24)
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: storageSku }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobService 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: deletedBlobDays }
      containerDeleteRetentionPolicy: { enabled: true, days: deletedBlobDays }
    }

    resource packages 'containers' = {
      name: 'packages'
      properties: { publicAccess: 'None' }
    }
  }
}

// Evidence is opened only when Defender has noted at the blob that it found nothing

resource scanUploads 'Microsoft.Security/defenderForStorageSettings@2025-01-01' = {
  name: 'current'
  scope: storage
  properties: {
    isEnabled: true
    overrideSubscriptionLevelSettings: true
    malwareScanning: { onUpload: { isEnabled: true, capGBPerMonth: scannedGBPerMonth } }
    sensitiveDataDiscovery: { isEnabled: false }
  }
}

resource mayUseBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, roles.blobs)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobs)
  }
}

resource mayUseQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, roles.queues)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.queues)
  }
}

resource mayUseTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, roles.tables)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.tables)
  }
}

// Secrets: the app reads them through references and with its identity

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('${name}-${unique}', 24)
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: purgeProtection ? true : null
    publicNetworkAccess: 'Enabled'
  }

  resource apiKey 'secrets' = {
    name: 'sendgrid-api-key'
    properties: { value: sendGridApiKey, contentType: 'SendGrid API key' }
  }

  resource webhookKey 'secrets' = {
    name: 'sendgrid-webhook-key'
    properties: { value: sendGridWebhookPublicKey, contentType: 'Verification key of the signed event webhook' }
  }

  resource clientSecret 'secrets' = {
    name: 'sign-in-client-secret'
    properties: { value: signInClientSecret, contentType: 'OpenID Connect client secret' }
  }

  resource keyRing 'secrets' = {
    name: 'key-ring'
    properties: { value: keyRingCertificate, contentType: 'application/x-pkcs12' }
  }
}

resource mayReadSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, roles.secrets)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.secrets)
  }
}

// Telemetry

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logRetentionDays
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
    DisableLocalAuth: true
  }
}

resource maySendTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, identity.id, roles.telemetry)
  scope: insights
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.telemetry)
  }
}

// The function app

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: '${name}-plan'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: appName
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identity.id
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      // The runtime stands here: Flex Consumption refuses FUNCTIONS_WORKER_RUNTIME and FUNCTIONS_EXTENSION_VERSION as settings
      runtime: { name: hostModel, version: hostModel == 'custom' ? '1.0' : '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${storage::blobService::packages.name}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: maximumInstances
        alwaysReady: alwaysReadyInstances == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyInstances }]
      }
    }
  }
  // The package is read with the identity's rights, from the moment the app is made
  dependsOn: [mayUseBlobs]

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(
      {
        ASPNETCORE_ENVIRONMENT: environmentName
        AzureWebJobsStorage__accountName: storage.name
        AzureWebJobsStorage__clientId: identity.properties.clientId
        AzureWebJobsStorage__credential: 'managedidentity'
        FollowUp__BaseAddress: address
        Inspectorate__Name: inspectorateName
        Inspectorate__Mailbox: inspectorateMailbox
        Email__From: emailFrom
        Email__FromName: emailFromName
        SendGrid__Host: sendGridHost
        SendGrid__ApiKey: '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/${vault::apiKey.name})'
        SendGrid__WebhookPublicKey: '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/${vault::webhookKey.name})'
        SignIn__Authority: signInAuthority
        SignIn__ClientId: signInClientId
        SignIn__ClientSecret: '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/${vault::clientSecret.name})'
        SignIn__Audience: signInAudience
        KeyRing__VaultUri: vault.properties.vaultUri
        KeyRing__SecretName: vault::keyRing.name
        Telemetry__Exporter: 'azureMonitor'
        // Not by APPLICATIONINSIGHTS_CONNECTION_STRING: the Functions host would read that too, and write down the addresses of links
        Telemetry__ConnectionString: insights.properties.ConnectionString
      },
      // Started from one of the platform's placeholders, a worker of .NET 10 does not come up
      hostModel == 'dotnet-isolated' ? { WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED: '0' } : {},
      toObject(range(0, length(allowedDomains)), i => 'Email__AllowedDomains__${i}', i => allowedDomains[i]),
      moreSettings
    )
    dependsOn: [mayUseQueues, mayUseTables, mayReadSecrets, maySendTelemetry]
  }

  resource noFtp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noBasicDeployment 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

// The chase's health, looked at from outside: nobody notices a timer that has stopped

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-people'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: take(name, 12)
    enabled: true
    emailReceivers: [{ name: 'keeper', emailAddress: alertEmail, useCommonAlertSchema: true }]
  }
}

resource chaseIsHealthy 'Microsoft.Insights/webtests@2022-06-15' = {
  name: '${name}-chase'
  location: location
  tags: union(tags, { 'hidden-link:${insights.id}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: '${name}-chase'
    Name: 'The chase is healthy'
    Enabled: true
    Frequency: 300
    Timeout: 60
    Kind: 'standard'
    RetryEnabled: true
    Locations: [{ Id: 'emea-ru-msa-edge' }, { Id: 'emea-nl-ams-azr' }, { Id: 'emea-gb-db3-azr' }]
    Request: {
      RequestUrl: '${address}health/chase'
      HttpVerb: 'GET'
      ParseDependentRequests: false
    }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 14 }
  }
}

resource chaseHasStopped 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-chase-has-stopped'
  location: 'global'
  tags: union(tags, { 'hidden-link:${insights.id}': 'Resource', 'hidden-link:${chaseIsHealthy.id}': 'Resource' })
  properties: {
    description: '/health/chase does not answer 200: no chase or sweep has finished in time, or the last one failed.'
    severity: 1
    enabled: true
    autoMitigate: true
    scopes: [chaseIsHealthy.id, insights.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: chaseIsHealthy.id
      componentId: insights.id
      failedLocationCount: 2
    }
    actions: [{ actionGroupId: people.id }]
  }
}

output functionApp string = app.name
output address string = address
output signInRedirect string = '${address}signin-oidc'
output eventWebhook string = '${address}webhooks/sendgrid'
@description('Proves to Azure whose an address of your own is: the TXT record at asuid.')
output domainVerification string = app.properties.customDomainVerificationId
output vault string = vault.name
output storageAccount string = storage.name
